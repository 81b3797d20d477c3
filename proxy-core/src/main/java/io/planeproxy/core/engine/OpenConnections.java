package io.planeproxy.core.engine;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The client connections that are open, for all event loops and listeners together. Those over the limit are counted too, as
 * long as they are told so: what they may hold is bounded as well. Another limit can be set at any time.
 */
final class OpenConnections {
    /** So many are told at the same time that there is no place for them; from then on a newcomer is closed without a word. */
    static final int MOST_TOLD = 32;

    private final AtomicInteger inAll = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private volatile ConnectionLimit limit;

    OpenConnections(ConnectionLimit limit) {
        this.limit = limit;
    }

    /** For those who come from now on. */
    void limit(ConnectionLimit next) {
        limit = next;
    }

    /** Whether a connection may stay. */
    sealed interface Verdict {
        record Admitted() implements Verdict {}

        /** It is to be told why not, and may stay for that. */
        record Told(Refusal refusal) implements Verdict {}

        /** It is to be closed at once. */
        record TurnedAway(Refusal refusal) implements Verdict {}
    }

    /** Counts a connection that was just accepted, before anything is known of its client. */
    Seat enter() {
        Seat seat = new Seat();
        int most = limit.inAll();
        if (taken(inAll, most)) {
            seat.count = Optional.of(inAll);
        } else {
            seat.refuse(most + " in all");
        }
        return seat;
    }

    private static boolean taken(AtomicInteger count, int most) {
        return count.getAndUpdate(taken -> taken < most ? taken + 1 : taken) < most;
    }

    /** What one connection has of what there is. Touched on the connection's event loop only. */
    final class Seat {
        private Verdict verdict = new Verdict.Admitted();
        private Optional<AtomicInteger> count = Optional.empty();
        private Optional<InetAddress> address = Optional.empty();

        Verdict verdict() {
            return verdict;
        }

        /** Counts it among those of its client too, once that is known. */
        Verdict claim(InetAddress client) {
            if (!(verdict instanceof Verdict.Admitted)) {
                return verdict;
            }
            address = Optional.of(client);
            int most = limit.perAddress();
            if (byAddress.merge(client, 1, Integer::sum) > most) {
                leave();
                refuse(most + " from one address");
            }
            return verdict;
        }

        private void refuse(String most) {
            Refusal refusal = new Refusal(Cause.TOO_MANY_CONNECTIONS, "the limit is " + most);
            if (taken(told, MOST_TOLD)) {
                count = Optional.of(told);
                verdict = new Verdict.Told(refusal);
            } else {
                verdict = new Verdict.TurnedAway(refusal);
            }
        }

        /** Gives back what it has; when the connection is closed. */
        void leave() {
            count.ifPresent(AtomicInteger::decrementAndGet);
            count = Optional.empty();
            address.ifPresent(client -> byAddress.computeIfPresent(client, (key, open) -> open == 1 ? null : open - 1));
            address = Optional.empty();
        }
    }
}
