package io.planeproxy.core.relay;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often each client address may come: so many times a second in the long run, with a burst on top. One number is kept
 * for each address, the time at which its credit is used up (the generic cell rate algorithm), and forgotten once that time
 * has passed. Safe for use from all event loops.
 */
public final class RateLimit {
    /** So many addresses are remembered at most; beyond that a newcomer shares the bucket of all newcomers. */
    static final int MOST_ADDRESSES = 100_000;

    private final int perSecond;
    private final int burst;
    private final long interval;
    private final long tolerance;
    private final AtomicLong nextSweep;
    private final ConcurrentMap<Object, Long> usedUpAt = new ConcurrentHashMap<>();

    /**
     * @param perSecond at least 1
     * @param burst how many may come at once on top of that, at least 0
     * @param now {@link System#nanoTime()}
     */
    public RateLimit(int perSecond, int burst, long now) {
        if (perSecond < 1 || burst < 0) {
            throw new IllegalArgumentException(
                    perSecond + " per second with a burst of " + burst + ": expected at least 1 and at least 0");
        }
        this.perSecond = perSecond;
        this.burst = burst;
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.tolerance = interval * burst;
        this.nextSweep = new AtomicLong(now);
    }

    /**
     * Takes one from the client's credit if it has any.
     *
     * @param now {@link System#nanoTime()}
     * @return whether it had
     */
    public boolean admit(InetAddress client, long now) {
        Object bucket = usedUpAt.containsKey(client) || hasRoom(now) ? client : RateLimit.class;
        boolean[] admitted = new boolean[1];
        usedUpAt.compute(bucket, (address, known) -> {
            long from = known == null || known - now < 0 ? now : known;
            admitted[0] = from - now <= tolerance;
            return admitted[0] ? from + interval : from;
        });
        return admitted[0];
    }

    @Override
    public String toString() {
        return perSecond + " requests a second with a burst of " + burst;
    }

    private boolean hasRoom(long now) {
        long due = nextSweep.get();
        // A look at every address is too much work for each request of a flood.
        if (usedUpAt.size() >= MOST_ADDRESSES
                && now - due >= 0
                && nextSweep.compareAndSet(due, now + TimeUnit.SECONDS.toNanos(1))) {
            usedUpAt.values().removeIf(usedUp -> usedUp - now < 0);
        }
        return usedUpAt.size() < MOST_ADDRESSES;
    }
}
