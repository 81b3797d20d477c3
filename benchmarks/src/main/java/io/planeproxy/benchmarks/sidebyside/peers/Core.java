package io.planeproxy.benchmarks.sidebyside.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A processor core of this machine. @param number as Linux counts them, from 0 */
public record Core(int number) {
    public String text() {
        return Integer.toString(number);
    }

    /**
     * What it has done since the machine was started, in ticks.
     *
     * @param busy everything but waiting
     */
    public record Ticks(long busy, long all) {
        /** The part of the time since then in which the core was busy, 0 to 1. */
        public double busySince(Ticks before) {
            long passed = all - before.all;
            return passed == 0 ? 0 : (double) (busy - before.busy) / passed;
        }
    }

    public Ticks ticks() {
        try {
            String line = Files.readAllLines(Path.of("/proc/stat")).stream()
                    .filter(each -> each.startsWith("cpu" + number + " "))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("this machine has no core " + number));
            return ticks(line.split(" +"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** user nice system idle iowait irq softirq steal, see proc(5). */
    private static Ticks ticks(String[] words) {
        long all = 0;
        for (int i = 1; i <= 8; i++) {
            all += Long.parseLong(words[i]);
        }
        long waiting = Long.parseLong(words[4]) + Long.parseLong(words[5]);
        return new Ticks(all - waiting, all);
    }
}
