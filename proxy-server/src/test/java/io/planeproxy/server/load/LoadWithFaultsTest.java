package io.planeproxy.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
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
import org.junit.jupiter.api.io.TempDir;

/** Clients of every kind at once, good and bad, in front of an upstream that dies now and then. */
final class LoadWithFaultsTest {
    /** 5 s, or as many seconds as the system property {@code plane-proxy.load-seconds} says. */
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("plane-proxy.load-seconds", 5));

    private static final int CLIENTS = 12;

    @TempDir
    private Path folder;

    @Test
    void everyReplyIsRightOrVisiblyCutAndNothingIsLeftBehind() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        // Other tests of the same JVM may not have let go of all of theirs yet.
        long strangers = openSockets();
        try (LoadUpstream upstream = new LoadUpstream();
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            // What is opened once and for all, such as the files of classes and of random numbers.
            run(proxy, Duration.ofMillis(500));
            awaitSockets(strangers + 2 + 2 * Runtime.getRuntime().availableProcessors());
            long before = openSockets();
            Map<LoadClient.Act, Integer> done = run(proxy, LENGTH);
            assertEquals(EnumSet.allOf(LoadClient.Act.class), EnumSet.copyOf(done.keySet()));
            awaitSockets(before);
        }
    }

    private static Map<LoadClient.Act, Integer> run(AssembledProxy proxy, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        Supplier<RawClient> plain = () -> RawClient.to(proxy.plain());
        Supplier<RawClient> secure = () -> RawClient.overTls(proxy.tls().orElseThrow(), "plane.example");
        Map<LoadClient.Act, Integer> all = new EnumMap<>(LoadClient.Act.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Map<LoadClient.Act, Integer>>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                LoadClient client = new LoadClient(i % 3 == 0 ? secure : plain, i);
                running.add(threads.submit(() -> client.runUntil(end)));
            }
            for (Future<Map<LoadClient.Act, Integer>> one : running) {
                one.get().forEach((act, times) -> all.merge(act, times, Integer::sum));
            }
        }
        return all;
    }

    private static void awaitSockets(long most) throws IOException {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (openSockets() > most) {
            if (System.nanoTime() > end) {
                throw new AssertionError(openSockets() + " sockets are open, expected at most " + most);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static long openSockets() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(LoadWithFaultsTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
