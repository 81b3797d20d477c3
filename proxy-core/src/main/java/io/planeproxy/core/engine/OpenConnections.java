package io.planeproxy.core.engine;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The client connections that are open, counted whatever the limit is, so that another limit can be set at any time. */
final class OpenConnections {
    private final AtomicInteger inAll = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private volatile ConnectionLimit limit;

    OpenConnections(ConnectionLimit limit) {
        this.limit = limit;
    }

    /** For those who come from now on. */
    void limit(ConnectionLimit next) {
        limit = next;
    }

    /** Counts the connection if it may be opened, and then {@link #left} must be called once when it is closed; or says why not. */
    Optional<Refusal> came(InetAddress address) {
        ConnectionLimit now = limit;
        if (inAll.incrementAndGet() > now.inAll()) {
            inAll.decrementAndGet();
            return Optional.of(tooMany(now.inAll() + " in all"));
        }
        if (byAddress.merge(address, 1, Integer::sum) > now.perAddress()) {
            left(address);
            return Optional.of(tooMany(now.perAddress() + " from one address"));
        }
        return Optional.empty();
    }

    private static Refusal tooMany(String limit) {
        return new Refusal(Cause.TOO_MANY_CONNECTIONS, "the limit is " + limit);
    }

    void left(InetAddress address) {
        inAll.decrementAndGet();
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
