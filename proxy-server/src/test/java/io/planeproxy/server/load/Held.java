package io.planeproxy.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.upstream.PoolFigures;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.metrics.MetricsPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a proxy holds on to when nobody is served: nothing, but for what it listens with and memory kept for the next client. */
final class Held {
    /** What the allocator may keep of a peak, beyond what it kept of an earlier one: a few of its chunks for each event loop. */
    private static final long CHUNKS = 32L << 20;

    private Held() {}

    /** Waits until no client, no tunnel and no connection to an upstream is left. */
    static void awaitNobody(AssembledProxy proxy) {
        await("clients", () -> sum(proxy, LoopFigures::clients), 0);
        await("tunnels", () -> sum(proxy, LoopFigures::tunnels), 0);
        await("connections to upstreams, and exchanges that wait for one", () -> sum(proxy, Held::toUpstreams), 0);
    }

    private static long sum(AssembledProxy proxy, ToLongFunction<LoopFigures> figure) {
        return proxy.figures().stream().mapToLong(figure).sum();
    }

    private static long toUpstreams(LoopFigures loop) {
        return loop.pools().stream().mapToLong(Held::inUse).sum();
    }

    private static long inUse(PoolFigures pool) {
        return (long) pool.idle() + pool.leased() + pool.opening() + pool.waiting();
    }

    /** The gauges that tell of somebody, and the count of our own faults, as Prometheus gets them. */
    static String figuresThatAreNotZero(AssembledProxy proxy) {
        Pattern figure = Pattern.compile("plane_proxy_(client_connections|tunnels_open|exchanges_held|bugs_total"
                + "|event_loops_unresponsive|upstream_(connections|queue)(\\{.*})?) (\\S+)");
        List<Matcher> found = new MetricsPage(proxy.metrics())
                .render("text/plain")
                .text()
                .lines()
                .map(figure::matcher)
                .filter(Matcher::matches)
                .toList();
        assertTrue(found.size() >= 5, "figures are missing");
        return found.stream()
                .filter(matched -> Double.parseDouble(matched.group(4)) != 0)
                .map(Matcher::group)
                .collect(Collectors.joining("\n"));
    }

    static void awaitSockets(long most) {
        await("open sockets", Held::openSockets, most);
    }

    /** How much direct memory Netty's buffers take from the system, in bytes. */
    static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    static void awaitDirectMemory(long before) {
        await("bytes of direct memory", Held::directMemory, before + CHUNKS);
    }

    /**
     * Lets the leak detector see all that nobody can reach any more; what it finds, the proxy under test tells when it is closed.
     * Netty's detector looks when a buffer is allocated.
     */
    static void lookForLeaks() throws InterruptedException {
        assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
        for (int i = 0; i < 3; i++) {
            ReferenceQueue<Object> collected = new ReferenceQueue<>();
            WeakReference<Object> unreachable = new WeakReference<>(new Object(), collected);
            System.gc();
            if (collected.remove(Patience.LIMIT.toMillis()) != unreachable) {
                throw new AssertionError("no garbage was collected within " + Patience.LIMIT);
            }
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
    }

    static long openSockets() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(Held::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static void await(String what, LongSupplier now, long most) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (now.getAsLong() > most) {
            if (System.nanoTime() > end) {
                throw new AssertionError(now.getAsLong() + " " + what + " are left, expected at most " + most);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
