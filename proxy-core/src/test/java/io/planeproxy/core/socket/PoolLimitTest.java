package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Request;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.upstream.UpstreamOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bounded number of upstream connections, and a bounded queue for them. */
class PoolLimitTest {
    @Test
    void whoComesWhileAllAreInUseIsServedInOrder() {
        Gate gate = new Gate("the first reply");
        Script script = exchange -> {
            if (exchange.head().target().equals("/0")) {
                gate.await();
            }
            exchange.write(Script.ok(exchange.request().target()));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = limited(upstream, 1, 5, Duration.ofSeconds(5))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(asking(proxy, "/" + i));
                if (i == 0) {
                    upstream.awaitHead();
                }
            }
            gate.open();
            for (int i = 0; i < 4; i++) {
                assertEquals("/" + i, clients.get(i).reply("GET").bodyText());
                clients.get(i).close();
            }
            assertEquals(1, upstream.connectionCount());
            assertEquals(
                    List.of("/0", "/1", "/2", "/3"),
                    upstream.requests().stream()
                            .map(request -> request.target())
                            .toList());
        }
    }

    @Test
    void whoComesWhileTheQueueIsFullIsAnswered503() {
        Gate gate = new Gate("the first reply");
        Script script = exchange -> {
            gate.await();
            exchange.write(Script.ok(exchange.request().target()));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = limited(upstream, 1, 1, Duration.ofSeconds(5));
                RawClient served = asking(proxy, "/served")) {
            upstream.awaitHead();
            try (RawClient queued = asking(proxy, "/queued");
                    RawClient refused = asking(proxy, "/refused")) {
                assertBusy(refused.reply("GET"));
                gate.open();
                assertEquals("/served", served.reply("GET").bodyText());
                assertEquals("/queued", queued.reply("GET").bodyText());
            }
        }
    }

    @Test
    void whoWaitsForTooLongIsAnswered503() {
        Gate gate = new Gate("the first reply");
        Script script = exchange -> {
            gate.await();
            exchange.write(Script.ok(exchange.request().target()));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = limited(upstream, 1, 1, Duration.ofMillis(300));
                RawClient served = asking(proxy, "/served")) {
            upstream.awaitHead();
            try (RawClient queued = asking(proxy, "/queued")) {
                assertBusy(queued.reply("GET"));
            }
            gate.open();
            assertEquals("/served", served.reply("GET").bodyText());
        }
    }

    @Test
    void whoLeavesWhileWaitingGivesUpItsPlace() throws Exception {
        Gate gate = new Gate("the first reply");
        Script script = exchange -> {
            gate.await();
            exchange.write(Script.ok(exchange.request().target()));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = limited(upstream, 1, 1, Duration.ofSeconds(9));
                RawClient served = asking(proxy, "/served")) {
            upstream.awaitHead();
            asking(proxy, "/leaves").reset();
            var left =
                    proxy.journal().exchanges().poll(Patience.LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
            assertTrue(left != null && left.head().target().toString().contains("leaves"), String.valueOf(left));
            try (RawClient stays = asking(proxy, "/stays")) {
                gate.open();
                assertEquals("/served", served.reply("GET").bodyText());
                assertEquals("/stays", stays.reply("GET").bodyText());
            }
            assertEquals(2, upstream.requests().size());
        }
    }

    @Test
    void aConnectionThatIsClosedMakesRoomForTheNext() {
        Gate gate = new Gate("the first reply");
        Script script = exchange -> {
            gate.await();
            exchange.request();
            exchange.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = limited(upstream, 1, 4, Duration.ofSeconds(5));
                RawClient one = asking(proxy, "/1")) {
            upstream.awaitHead();
            try (RawClient two = asking(proxy, "/2");
                    RawClient three = asking(proxy, "/3")) {
                gate.open();
                assertEquals(200, one.reply("GET").status());
                assertEquals(200, two.reply("GET").status());
                assertEquals(200, three.reply("GET").status());
                assertEquals(3, upstream.connectionCount());
            }
        }
    }

    @Test
    void aRetryThatHasToWaitGetsANewConnectionAllTheSame() {
        Gate gate = new Gate("the second request waits");
        Script script = exchange -> {
            String target = exchange.head().target();
            if (target.equals("/retried") && exchange.connection().number() == 1) {
                gate.await();
                exchange.close();
            } else {
                exchange.write(Script.ok(exchange.request().target()));
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = limited(upstream, 1, 4, Duration.ofSeconds(9));
                RawClient retried = asking(proxy, "/first");
                RawClient waiting = RawClient.to(proxy.plain())) {
            assertEquals("/first", retried.reply("GET").bodyText());
            retried.send(get("/retried"));
            assertEquals("/first", upstream.awaitHead().target());
            assertEquals("/retried", upstream.awaitHead().target());
            waiting.send(get("/waiting"));
            awaitThatAllIsRead(proxy);
            gate.open();
            assertEquals("/waiting", waiting.reply("GET").bodyText());
            assertEquals("/retried", retried.reply("GET").bodyText());
            assertEquals(
                    List.of("/retried"),
                    upstream.awaitConnection(3).requests().stream()
                            .map(Request::target)
                            .toList());
        }
    }

    /** The one event loop answers nobody before it has read what had come from everybody. */
    private static void awaitThatAllIsRead(EngineUnderTest proxy) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            client.send("OPTIONS * HTTP/1.1\r\nHost: plane.example\r\n\r\n").reply("OPTIONS");
        }
    }

    private static void assertBusy(Reply reply) {
        assertEquals(503, reply.status());
        assertEquals(List.of("upstream-busy"), reply.values("X-Plane-Proxy-Cause"));
        assertEquals(List.of("1"), reply.values("Retry-After"));
    }

    private static EngineUnderTest limited(ScriptedUpstream upstream, int most, int queue, Duration connect) {
        return EngineUnderTest.with(upstream.address())
                .upstreams(new UpstreamOptions(connect, Duration.ofMillis(1500), 64, most, queue))
                .start();
    }

    private static RawClient asking(EngineUnderTest proxy, String target) {
        return RawClient.to(proxy.plain()).send(get(target));
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    }
}
