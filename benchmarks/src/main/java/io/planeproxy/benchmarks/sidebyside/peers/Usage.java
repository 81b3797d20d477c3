package io.planeproxy.benchmarks.sidebyside.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a process and those it has started have used.
 *
 * @param cpuMicros user and system time
 * @param waitedMicros how long the busiest thread was ready to run and waited for the processor
 * @param residentKib memory, where pages that several of the processes share count once (Pss)
 */
public record Usage(long cpuMicros, long waitedMicros, long residentKib) {
    /** USER_HZ, which is 100 on every Linux that matters; proc(5). */
    private static final long MICROS_OF_A_TICK = 10_000;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    private static final long NANOS_OF_A_MICRO = 1000;

    static Usage of(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(process -> of(process.pid()))
                .reduce(new Usage(0, 0, 0), Usage::plus);
    }

    private Usage plus(Usage other) {
        return new Usage(
                cpuMicros + other.cpuMicros, waitedMicros + other.waitedMicros, residentKib + other.residentKib);
    }

    private static Usage of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // Behind the name, which may hold blanks.
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(words[UTIME]) + Long.parseLong(words[STIME]);
            return new Usage(ticks * MICROS_OF_A_TICK, waited(pid), resident(pid));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static long waited(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(Scheduled::of)
                            .max(Comparator.comparingLong(Scheduled::nanosRun))
                            .map(Scheduled::nanosWaited)
                            .orElse(0L)
                    / NANOS_OF_A_MICRO;
        }
    }

    /** What schedstat says of a thread. */
    private record Scheduled(long nanosRun, long nanosWaited) {
        static Scheduled of(Path thread) {
            try {
                String[] words = Files.readString(thread.resolve("schedstat")).split(" ");
                return new Scheduled(Long.parseLong(words[0]), Long.parseLong(words[1]));
            } catch (IOException ended) {
                return new Scheduled(0, 0);
            }
        }
    }

    private static long resident(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }
}
