package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.engine.ConnectionLimit;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.h1.ClientTimeouts;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is open while another configuration comes into service. */
class ReloadTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @Test
    void aKeptConnectionHasTheNewConfigurationFromItsNextRequestOn() {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(before.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            InetSocketAddress address = proxy.plain();
            proxy.apply(EngineUnderTest.with(after.address()));
            assertEquals(address, proxy.plain());
            for (int i = 0; i < 3; i++) {
                Reply reply = client.send(GET).reply("GET");
                assertEquals("after", reply.bodyText());
                assertEquals(List.of(), reply.values("Connection"));
            }
        }
    }

    @Test
    void anExchangeUnderWayEndsWithTheUpstreamThatItBeganWith() {
        Gate answer = new Gate("answer");
        Script slow = exchange -> {
            exchange.request();
            answer.await();
            exchange.write(Script.ok("before"));
        };
        try (ScriptedUpstream before = ScriptedUpstream.answering(slow);
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(before.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(GET);
            before.awaitHead();
            proxy.apply(EngineUnderTest.with(after.address()));
            try (RawClient other = RawClient.to(proxy.plain())) {
                assertEquals("after", other.send(GET).reply("GET").bodyText());
            }
            answer.open();
            assertEquals("before", client.reply("GET").bodyText());
            assertEquals("after", client.send(GET).reply("GET").bodyText());
        }
    }

    @Test
    void aTunnelGoesOnOverAnyNumberOfReloads() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ScriptedUpstream other = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(WebSocketHandshake.request("/live"));
            assertEquals(101, client.interim().status());
            for (int i = 0; i < 100; i++) {
                proxy.apply(EngineUnderTest.with(other.address()));
                assertEquals("ping", Wire.text(client.send("ping").bytes(4)));
            }
            assertTrue(proxy.journal().tunnels().isEmpty());
        }
    }

    @Test
    void aConnectionWithLimitsThatHoldNoMoreSaysGoodbyeWithItsNextReply() {
        ClientTimeouts patient = new ClientTimeouts(
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                1,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(List.of(), client.send(GET).reply("GET").values("Connection"));
            proxy.apply(EngineUnderTest.with(upstream.address()).timeouts(patient));
            assertEquals(List.of("close"), client.send(GET).reply("GET").values("Connection"));
            assertTrue(client.ended());
        }
    }

    @Test
    void whomToTrustIsAskedAnewForTheNextRequest() {
        Script tellsClient =
                Script.reply(request -> Script.ok(request.values("X-Real-IP").getFirst()));
        String said = "GET /x HTTP/1.1\r\nHost: plane.example\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(tellsClient);
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("127.0.0.1", client.send(said).reply("GET").bodyText());
            proxy.apply(EngineUnderTest.with(upstream.address()).trusting("127.0.0.0/8"));
            assertEquals("203.0.113.9", client.send(said).reply("GET").bodyText());
            proxy.apply(EngineUnderTest.with(upstream.address()));
            assertEquals("127.0.0.1", client.send(said).reply("GET").bodyText());
        }
    }

    @Test
    void anotherLimitCountsThoseWhoAreThereAlready() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient first = RawClient.to(proxy.plain())) {
            assertEquals(200, first.send(GET).reply("GET").status());
            proxy.apply(
                    EngineUnderTest.with(upstream.address()).connections(new ConnectionLimit(Integer.MAX_VALUE, 1)));
            try (RawClient second = RawClient.to(proxy.plain())) {
                assertEquals(503, second.reply("GET").status());
            }
            assertEquals(200, first.send(GET).reply("GET").status());
            proxy.apply(EngineUnderTest.with(upstream.address()).connections(new ConnectionLimit(2, 2)));
            try (RawClient second = RawClient.to(proxy.plain())) {
                assertEquals(200, second.send(GET).reply("GET").status());
            }
        }
    }

    @Test
    void aConnectionThatHasNotSaidForWhomItComesIsServedByTheNewConfiguration() {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                EngineUnderTest proxy = EngineUnderTest.with(before.address())
                        .proxyProtocolFrom("127.0.0.1")
                        .start();
                RawClient told = RawClient.to(proxy.plain());
                RawClient client = RawClient.to(proxy.plain())) {
            String header = "PROXY TCP4 203.0.113.1 127.0.0.1 40000 80\r\n";
            // One event loop accepts in order: once the second is served, the first has been let in.
            assertEquals("before", client.send(header + GET).reply("GET").bodyText());
            proxy.apply(EngineUnderTest.with(after.address()).proxyProtocolFrom("127.0.0.1"));
            assertEquals("after", told.send(header + GET).reply("GET").bodyText());
        }
    }

    @Test
    void aRemovedListenerFinishesWhatItHasAndItsTunnelsGoOn() throws Exception {
        Gate answer = new Gate("answer");
        Script script = exchange -> {
            if (exchange.head().has("Upgrade")) {
                Script.upgradeAndEcho().serve(exchange);
            } else if (exchange.head().target().equals("/slow")) {
                exchange.request();
                answer.await();
                exchange.write(Script.ok("finished"));
            } else {
                Script.tellTarget().serve(exchange);
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address()).start()) {
            InetSocketAddress going = proxy.apply(
                            EngineUnderTest.with(upstream.address()).listeners(2))
                    .getLast()
                    .address();
            try (RawClient tunnel = RawClient.to(going);
                    RawClient slow = RawClient.to(going);
                    RawClient idle = RawClient.to(going)) {
                assertEquals(
                        101,
                        tunnel.send(WebSocketHandshake.request("/live"))
                                .interim()
                                .status());
                assertEquals(200, idle.send(GET).reply("GET").status());
                slow.send("GET /slow HTTP/1.1\r\nHost: plane.example\r\n\r\n");
                while (!upstream.awaitHead().target().equals("/slow")) {
                    // The heads before it.
                }
                proxy.apply(EngineUnderTest.with(upstream.address()));
                assertThrows(UncheckedIOException.class, () -> RawClient.to(going));
                assertTrue(idle.ended());
                assertEquals("ping", Wire.text(tunnel.send("ping").bytes(4)));
                answer.open();
                Reply finished = slow.reply("GET");
                assertEquals("finished", finished.bodyText());
                assertEquals(List.of("close"), finished.values("Connection"));
                assertTrue(slow.ended());
                assertEquals("pong", Wire.text(tunnel.send("pong").bytes(4)));
            }
        }
    }

    @Test
    void aListenerThatCannotBeOpenedLeavesEverythingAsItWas() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(before.address());
                RawClient client = RawClient.to(proxy.plain())) {
            List<Listener> open = proxy.listeners();
            UncheckedIOException failure = assertThrows(
                    UncheckedIOException.class,
                    () -> proxy.apply(
                            EngineUnderTest.with(after.address()).listeners(2).alsoAt((InetSocketAddress)
                                    taken.getLocalSocketAddress())));
            assertTrue(failure.getMessage().contains(String.valueOf(taken.getLocalPort())), failure::getMessage);
            assertFalse(failure.getMessage().isEmpty());
            assertEquals(open, proxy.listeners());
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            try (RawClient other = RawClient.to(proxy.plain())) {
                assertEquals("before", other.send(GET).reply("GET").bodyText());
            }
        }
    }
}
