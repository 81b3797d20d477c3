package io.planeproxy.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of every kind at once, good and bad, in front of upstreams that die now and then and are exchanged all the time. */
final class LoadWithFaultsTest {
    /** 5 s, or as many seconds as the system property {@code plane-proxy.load-seconds} says. */
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("plane-proxy.load-seconds", 5));

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration BETWEEN_RELOADS = Duration.ofMillis(100);
    private static final int CLIENTS = 12;

    @TempDir
    private Path folder;

    @Test
    @Timeout(600)
    void everyReplyIsRightOrVisiblyCutAndNothingIsLeftBehind(TestReporter reporter) throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        // Other tests of the same JVM may not have let go of all of theirs yet.
        long strangers = Held.openSockets();
        try (LoadUpstream one = new LoadUpstream();
                LoadUpstream other = new LoadUpstream();
                AssembledProxy proxy = AssembledProxy.inFrontOf(one.address(), identity)) {
            List<String> configurations = List.of(
                    AssembledProxy.text(other.address(), identity, "max-body = 40M"),
                    AssembledProxy.text(one.address(), identity, ""));
            // What is opened and taken once and for all: files of classes and of random numbers, and the buffers of a
            // peak.
            run(proxy, configurations, WARM_UP);
            Held.awaitNobody(proxy);
            Held.awaitSockets(strangers + 3 + 2 * Runtime.getRuntime().availableProcessors());
            long sockets = Held.openSockets();
            long memory = Held.directMemory();

            Load load = run(proxy, configurations, LENGTH);
            reporter.publishEntry(Map.of("done", load.done().toString(), "reloads", "" + load.reloads()));
            assertEquals(
                    EnumSet.allOf(LoadClient.Act.class),
                    EnumSet.copyOf(load.done().keySet()));
            assertNotEquals(0, load.reloads());

            Held.awaitNobody(proxy);
            assertEquals("", Held.figuresThatAreNotZero(proxy));
            Held.awaitSockets(sockets);
            Held.awaitDirectMemory(memory);
            Held.lookForLeaks();
        }
    }

    private record Load(Map<LoadClient.Act, Integer> done, int reloads) {}

    private static Load run(AssembledProxy proxy, List<String> configurations, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        Supplier<RawClient> plain = () -> RawClient.to(proxy.plain());
        Supplier<RawClient> secure = () -> RawClient.overTls(proxy.tls().orElseThrow(), "plane.example");
        Map<LoadClient.Act, Integer> all = new EnumMap<>(LoadClient.Act.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
            List<Future<Map<LoadClient.Act, Integer>>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                LoadClient client = new LoadClient(i % 3 == 0 ? secure : plain, i);
                running.add(threads.submit(() -> client.runUntil(end)));
            }
            Future<Integer> reloads = threads.submit(() -> reloadUntil(end, proxy, configurations));
            for (Future<Map<LoadClient.Act, Integer>> one : running) {
                one.get().forEach((act, times) -> all.merge(act, times, Integer::sum));
            }
            return new Load(all, reloads.get());
        }
    }

    /** @return how often */
    private static int reloadUntil(long nanoTime, AssembledProxy proxy, List<String> configurations) {
        int reloads = 0;
        while (System.nanoTime() < nanoTime) {
            proxy.reload(configurations.get(reloads++ % configurations.size()));
            LockSupport.parkNanos(BETWEEN_RELOADS.toNanos());
        }
        return reloads;
    }
}
