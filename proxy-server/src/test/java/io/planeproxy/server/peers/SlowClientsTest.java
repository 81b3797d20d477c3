package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand slow clients at once do not keep out an ordinary one. */
final class SlowClientsTest {
    private static final int SLOW_CLIENTS = 1000;
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(100);
    private static final Duration IN_TIME = Duration.ofSeconds(1);
    private static final String GET = "GET /small HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final byte[] SMALL = Wire.bytes(Script.ok("small"));
    /** More than a proxy may hold of a reply that is not taken. */
    private static final byte[] LARGE = Wire.bytes(Script.ok("l".repeat(1024 * 1024)));

    @TempDir
    private Path folder;

    enum Attack {
        SLOW_HEADERS("-H", "-i", "2"),
        SLOW_BODY("-B", "-i", "2", "-s", "1000000"),
        SLOW_READ("-X", "-w", "512", "-y", "1024", "-n", "2", "-z", "32");

        private final List<String> options;

        Attack(String... options) {
            this.options = List.of(options);
        }

        String[] arguments(InetSocketAddress proxy) {
            String target = "http://127.0.0.1:" + proxy.getPort() + "/large";
            List<String> shared = List.of(
                    "-c", String.valueOf(SLOW_CLIENTS), "-r", "500", "-l", "8", "-p", "3", "-v", "1", "-u", target);
            return Stream.concat(options.stream(), shared.stream()).toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOrdinaryClientIsServedWithinASecondThroughout(Attack attack) {
        Tool.need(Tool.SLOWHTTPTEST);
        PemFiles identity = TestIdentity.in(folder);
        Script script = exchange -> {
            exchange.request();
            exchange.write(exchange.head().target().equals("/small") ? SMALL : LARGE);
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            CompletableFuture<Output> attacking =
                    beside(() -> Output.of(folder, Tool.SLOWHTTPTEST, attack.arguments(proxy.plain())));
            List<Long> millis = new ArrayList<>();
            while (!attacking.isDone()) {
                millis.add(millisOfOneRequest(proxy));
                LockSupport.parkNanos(BETWEEN_REQUESTS.toNanos());
            }
            String said = attacking.join().text();
            assertEquals(SLOW_CLIENTS, mostConnected(said), said);
            assertTrue(millis.size() > 20, () -> "only " + millis.size() + " requests were tried, in ms: " + millis);
            long slowest = millis.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertTrue(slowest <= IN_TIME.toMillis(), () -> "the slowest request took " + slowest + " ms of " + millis);
        }
    }

    private static long millisOfOneRequest(AssembledProxy proxy) {
        long began = System.nanoTime();
        try (RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("small", client.send(GET).reply("GET").bodyText());
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static int mostConnected(String said) {
        Matcher matcher = Pattern.compile("connected:\\s+(\\d+)").matcher(said.replaceAll("\u001b\\[[\\d;]*m", ""));
        int most = 0;
        while (matcher.find()) {
            most = Math.max(most, Integer.parseInt(matcher.group(1)));
        }
        return most;
    }

    private static <T> CompletableFuture<T> beside(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }
}
