package io.planeproxy.benchmarks.sidebyside.load;

import java.util.Arrays;

/** How long each operation took; every one of them is kept. */
final class Latencies {
    private static final int ROOM = 1 << 16;

    private long[] nanos = new long[ROOM];
    private int count;

    void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, nanos.length * 2);
        }
        nanos[count++] = took;
    }

    int count() {
        return count;
    }

    /** @return microseconds that this part of all operations did not exceed; 0 where there was none */
    double micros(double part) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(part * count) - 1;
        return sorted[Math.max(index, 0)] / 1000.0;
    }
}
