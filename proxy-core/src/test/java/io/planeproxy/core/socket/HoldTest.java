package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.h1.ClientTimeouts;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.route.Hold;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of requests that come while the upstream restarts. */
final class HoldTest {
    private static final String UPGRADE = WebSocketHandshake.request("/live/collaboration");
    private static final String GET = "GET /api HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Script CLOSES = exchange -> exchange.close();
    private static final Script RESETS = exchange -> exchange.reset();

    @Test
    void aHandshakeWaitsUntilTheUpstreamIsBack() throws InterruptedException {
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), handshakesFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(UPGRADE + "first");
            proxy.awaitHeld(1);
            port.close();
            try (ScriptedUpstream upstream = ScriptedUpstream.at(port.address(), Script.upgradeAndEcho())) {
                assertEquals(101, client.interim().status());
                assertEquals("first", new String(client.bytes(5)));
                assertEquals(1, upstream.connectionCount());
                proxy.awaitHeld(0);
            }
        }
    }

    @Test
    void manyWaitAndAllAreServed() {
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), handshakesFor(LONG))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                clients.add(RawClient.to(proxy.plain()).send(UPGRADE));
            }
            proxy.awaitHeld(40);
            port.close();
            try (ScriptedUpstream upstream = ScriptedUpstream.at(port.address(), Script.upgradeAndEcho())) {
                for (RawClient client : clients) {
                    assertEquals(101, client.interim().status());
                    client.close();
                }
            }
        }
    }

    @Test
    void whenItsTimeIsOverItIsAnswered503AndWhy() throws InterruptedException {
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), handshakesFor(SHORT));
                RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(UPGRADE).reply("GET");
            assertAway(reply);
            assertTrue(reply.bodyText().contains("upstream-refused"), reply::bodyText);
            assertTrue(ended(proxy).took().compareTo(SHORT) >= 0, "not before its time");
        }
    }

    @Test
    void theTimeoutsOfTheClientDoNotCountWhileItWaits() {
        Duration soon = Duration.ofMillis(200);
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = EngineUnderTest.with(port.address())
                        .hold(handshakesFor(SHORT))
                        .timeouts(new ClientTimeouts(soon, soon, 1, soon, soon, soon, soon))
                        .start();
                RawClient client = RawClient.to(proxy.plain())) {
            assertAway(client.send(UPGRADE).reply("GET"));
        }
    }

    @Test
    void aClientThatLeavesIsNotWaitedFor() throws InterruptedException {
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), handshakesFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(UPGRADE);
            proxy.awaitHeld(1);
            client.close();
            proxy.awaitHeld(0);
            assertEquals("abandoned client-left", ended(proxy).outcome().words());
        }
    }

    @Test
    void oneMoreThanMayWaitIsAnswered503AtOnce() {
        Hold two = new Hold(Optional.of(LONG), Optional.empty(), 2);
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), two);
                RawClient one = RawClient.to(proxy.plain());
                RawClient other = RawClient.to(proxy.plain());
                RawClient third = RawClient.to(proxy.plain())) {
            one.send(UPGRADE);
            other.send(UPGRADE);
            proxy.awaitHeld(2);
            Reply reply = third.send(UPGRADE).reply("GET");
            assertAway(reply);
            assertTrue(reply.bodyText().contains("2 requests wait already"), reply::bodyText);
            one.close();
            proxy.awaitHeld(1);
        }
    }

    @Test
    void anUpstreamThatAcceptsAndClosesCountsAsAwayForAHandshake() {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Script.inTurn(CLOSES, RESETS, CLOSES, Script.upgradeAndEcho()));
                EngineUnderTest proxy = holding(upstream.address(), handshakesFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            assertEquals(4, upstream.connectionCount());
        }
    }

    @Test
    void anUpstreamThatClosesOnEveryHandshakeIsGivenUpAfterTheTime() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(CLOSES);
                EngineUnderTest proxy = holding(upstream.address(), handshakesFor(SHORT));
                RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(UPGRADE).reply("GET");
            assertAway(reply);
            assertTrue(reply.bodyText().contains("upstream-closed"), reply::bodyText);
            assertTrue(upstream.connectionCount() > 2, upstream.connectionCount() + " connections");
        }
    }

    @Test
    void anyAnswerOfTheUpstreamIsTheAnswer() {
        Script busy = Script.reply("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.inTurn(CLOSES, busy));
                EngineUnderTest proxy = holding(upstream.address(), handshakesFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("busy", client.send(UPGRADE).reply("GET").bodyText());
        }
    }

    @Test
    void whatIsNoHandshakeIsAnsweredAtOnce() {
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), handshakesFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(502, client.send(GET).reply("GET").status());
        }
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(CLOSES);
                EngineUnderTest proxy = holding(upstream.address(), everybodyFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(502, client.send(GET).reply("GET").status(), "it has been sent, and is not sent again");
        }
    }

    @Test
    void otherRequestsWaitTooWhereTheyAreMeantTo() {
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), everybodyFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("POST /x HTTP/1.1\r\nHost: plane.example\r\nContent-Length: 5\r\n\r\nhello");
            proxy.awaitHeld(1);
            port.close();
            try (ScriptedUpstream upstream = ScriptedUpstream.at(port.address(), Script.tellTarget())) {
                assertEquals("/x", client.reply("POST").bodyText());
                assertEquals("hello", upstream.awaitRequest().bodyText());
            }
        }
    }

    @Test
    void whenTheProxyEndsWhoWaitsIsAnsweredAtOnce() {
        try (RefusingPort port = RefusingPort.take();
                EngineUnderTest proxy = holding(port.address(), handshakesFor(LONG));
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(UPGRADE);
            proxy.awaitHeld(1);
            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> proxy.drain(Duration.ofSeconds(20), Duration.ZERO));
            Reply reply = client.reply("GET");
            assertEquals(503, reply.status());
            assertEquals(List.of("shutdown"), reply.values("X-Plane-Proxy-Cause"));
            client.close();
            assertTrue(drained.join());
        }
    }

    private static void assertAway(Reply reply) {
        assertEquals(503, reply.status());
        assertEquals(List.of("upstream-away"), reply.values("X-Plane-Proxy-Cause"));
        assertFalse(reply.values("Retry-After").isEmpty());
    }

    private static ExchangeRecord ended(EngineUnderTest proxy) throws InterruptedException {
        ExchangeRecord ended = proxy.journal().exchanges().poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertTrue(ended != null, "no exchange ended");
        assertFalse(ended.outcome() instanceof Outcome.Complete);
        return ended;
    }

    private static Hold handshakesFor(Duration limit) {
        return new Hold(Optional.of(limit), Optional.empty(), 1024);
    }

    private static Hold everybodyFor(Duration limit) {
        return new Hold(Optional.of(limit), Optional.of(limit), 1024);
    }

    private static EngineUnderTest holding(InetSocketAddress upstream, Hold hold) {
        return EngineUnderTest.with(upstream).hold(hold).start();
    }
}
