package io.planeproxy.server.recent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last few of many. Whoever adds one never waits. */
final class Ring<T> {
    private final AtomicReferenceArray<T> slots;
    private final AtomicLong added = new AtomicLong();

    /** @param size how many are kept, at least 1 */
    Ring(int size) {
        slots = new AtomicReferenceArray<>(size);
    }

    void add(T one) {
        slots.set(slot(added.getAndIncrement()), one);
    }

    /** The latest first. */
    List<T> latest() {
        long end = added.get();
        List<T> all = new ArrayList<>();
        for (long i = end - 1; i >= Math.max(0, end - slots.length()); i--) {
            T one = slots.get(slot(i));
            // Its place may be taken, and it not be there yet.
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private int slot(long number) {
        return (int) (number % slots.length());
    }
}
