package io.planeproxy.core.engine;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many client connections may be open at the same time, in all and from one address. For all event loops together. */
public final class ConnectionLimit {
    private final int mostInAll;
    private final int mostPerAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

    public static ConnectionLimit none() {
        return new ConnectionLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * @param mostInAll {@link Integer#MAX_VALUE} for no limit
     * @param mostPerAddress {@link Integer#MAX_VALUE} for no limit
     */
    public ConnectionLimit(int mostInAll, int mostPerAddress) {
        this.mostInAll = mostInAll;
        this.mostPerAddress = mostPerAddress;
    }

    /** Which limit a newcomer met. */
    public enum Verdict {
        ADMITTED,
        TOO_MANY_IN_ALL,
        TOO_MANY_FROM_ADDRESS;

        Optional<Refusal> refusal(ConnectionLimit limit) {
            return switch (this) {
                case ADMITTED -> Optional.empty();
                case TOO_MANY_IN_ALL ->
                    Optional.of(new Refusal(Cause.TOO_MANY_CONNECTIONS, "the limit is " + limit.mostInAll + " in all"));
                case TOO_MANY_FROM_ADDRESS ->
                    Optional.of(new Refusal(
                            Cause.TOO_MANY_CONNECTIONS, "the limit is " + limit.mostPerAddress + " from one address"));
            };
        }
    }

    /** Counts the connection if it may be opened; then {@link #left} must be called once when it is closed. */
    Verdict came(InetAddress address) {
        if (open.incrementAndGet() > mostInAll) {
            open.decrementAndGet();
            return Verdict.TOO_MANY_IN_ALL;
        }
        if (mostPerAddress == Integer.MAX_VALUE) {
            return Verdict.ADMITTED;
        }
        int fromAddress = openByAddress.merge(address, 1, Integer::sum);
        if (fromAddress > mostPerAddress) {
            left(address);
            return Verdict.TOO_MANY_FROM_ADDRESS;
        }
        return Verdict.ADMITTED;
    }

    void left(InetAddress address) {
        open.decrementAndGet();
        openByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
