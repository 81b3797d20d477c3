package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.Meter;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of open WebSockets when the proxy is told to end. */
class DrainTest {
    private static final String UPGRADE = WebSocketHandshake.request("/live/collaboration");
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final int TUNNELS = 200;

    @Test
    void everyTunnelGetsACloseFrame1012BetweenTwoFramesHoweverTheSendersCutThem() throws InterruptedException {
        Meter cut = new Meter();
        Gate draining = new Gate("the proxy is told to end");
        Script cutsAFrame = exchange -> {
            exchange.switchProtocols();
            Random random = new Random(exchange.connection().number());
            byte[] frames = joined(Frames.stream(3, false, random));
            int at = random.nextInt(frames.length + 1);
            exchange.write(Arrays.copyOfRange(frames, 0, at));
            cut.add(1);
            draining.await();
            exchange.write(Arrays.copyOfRange(frames, at, frames.length));
            assertEndsWithClose(Frames.read(exchange.untilEnd().bytes()));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(cutsAFrame);
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address())) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < TUNNELS; i++) {
                clients.add(RawClient.to(proxy.plain()));
            }
            Queue<byte[]> atClients = new ConcurrentLinkedQueue<>();
            CountDownLatch read = new CountDownLatch(TUNNELS);
            for (RawClient client : clients) {
                assertEquals(101, client.send(UPGRADE).interim().status());
                Thread.ofVirtual().start(() -> {
                    atClients.add(client.untilEnd().bytes());
                    read.countDown();
                });
            }
            cut.awaitAtLeast(TUNNELS);
            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> proxy.drain(Duration.ofSeconds(20), Duration.ofMillis(500)));
            draining.open();
            assertTrue(drained.join(), "everything finished in time");
            assertTrue(read.await(10, TimeUnit.SECONDS));
            for (byte[] received : atClients) {
                assertEndsWithClose(Frames.read(received));
            }
            clients.forEach(RawClient::close);
            assertEquals(
                    TUNNELS,
                    proxy.journal().tunnels().stream()
                            .filter(tunnel -> tunnel.ending().words().equals("closed by the proxy 1012"))
                            .count());
        }
    }

    @Test
    void aClientThatHasJustComeHasItsFirstRequestServed() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient latecomer = RawClient.to(proxy.plain());
                RawClient kept = RawClient.to(proxy.plain())) {
            // One event loop accepts in order: once the second is served, the first has been let in.
            assertEquals(200, kept.send(GET).reply("GET").status());
            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> proxy.drain(Duration.ofSeconds(20), Duration.ZERO));
            assertTrue(kept.ended());
            Reply reply = latecomer.send(GET).reply("GET");
            assertEquals(200, reply.status());
            assertEquals(List.of("close"), reply.values("Connection"));
            assertTrue(latecomer.ended());
            assertTrue(drained.join(), "everything finished in time");
        }
    }

    @Test
    void aClientThatSaysNothingIsNotWaitedForToTheDeadline() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient silent = RawClient.to(proxy.plain());
                RawClient kept = RawClient.to(proxy.plain())) {
            assertEquals(200, kept.send(GET).reply("GET").status());
            assertTrue(proxy.drain(Duration.ofMinutes(5), Duration.ZERO), "everything finished in time");
            assertTrue(silent.ended());
        }
    }

    private static byte[] joined(List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static void assertEndsWithClose(List<Frames.Frame> frames) {
        Frames.Frame last = frames.getLast();
        assertEquals(0x88, last.first());
        assertEquals(1012, (last.payload()[0] & 0xff) << 8 | last.payload()[1] & 0xff);
    }
}
