package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.engine.ConnectionLimit;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many clients may be connected, in all and from one address. */
class ConnectionLimitTest {
    /** The engine's own bound. */
    private static final int MOST_TOLD = 32;

    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @Test
    void oneMoreThanAllowedIsAnswered503AndToldOnce() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .connections(new ConnectionLimit(1, Integer.MAX_VALUE))
                        .start();
                RawClient first = RawClient.to(proxy.plain())) {
            assertEquals(200, first.send(GET).reply("GET").status());
            try (RawClient second = RawClient.to(proxy.plain())) {
                Reply refused = second.reply("GET");
                assertEquals(503, refused.status());
                assertEquals(List.of("close"), refused.values("Connection"));
                assertEquals(List.of("too-many-connections"), refused.values("X-Plane-Proxy-Cause"));
                assertTrue(second.ended());
            }
            assertEquals(200, first.send(GET).reply("GET").status());
            assertEquals(
                    Cause.TOO_MANY_CONNECTIONS,
                    proxy.journal().refusals().take().cause());
            assertTrue(proxy.journal().refusals().isEmpty());
            assertEquals(2, proxy.journal().exchanges().size());
        }
    }

    @Test
    void theSlotComesBackWhenItsClientLeaves() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .connections(new ConnectionLimit(1, 1))
                        .start()) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = servedAtLast(proxy, "")) {
                    assertEquals(503, statusOfNewcomer(proxy, ""));
                }
            }
        }
    }

    @Test
    void eachAddressHasItsOwnCount() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .connections(new ConnectionLimit(Integer.MAX_VALUE, 1))
                        .proxyProtocolFrom("127.0.0.1")
                        .start();
                RawClient one = servedAtLast(proxy, from("203.0.113.1"));
                RawClient other = servedAtLast(proxy, from("203.0.113.2"))) {
            assertEquals(503, statusOfNewcomer(proxy, from("203.0.113.1")));
            assertEquals(503, statusOfNewcomer(proxy, from("203.0.113.2")));
            assertEquals(200, statusOfNewcomer(proxy, from("203.0.113.3")));
            assertEquals(200, one.send(GET).reply("GET").status());
            assertEquals(200, other.send(GET).reply("GET").status());
        }
    }

    @Test
    void aSenderThatHasNotYetSaidWhoseConnectionItIsCountsToo() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .connections(new ConnectionLimit(1, Integer.MAX_VALUE))
                        .proxyProtocolFrom("127.0.0.1")
                        .start()) {
            try (RawClient silent = RawClient.to(proxy.plain());
                    RawClient other = RawClient.to(proxy.plain())) {
                assertEquals(503, other.reply("GET").status());
                assertEquals(
                        Cause.TOO_MANY_CONNECTIONS,
                        proxy.journal().refusals().take().cause());
                assertEquals(
                        200, silent.send(from("203.0.113.1") + GET).reply("GET").status());
            }
            servedAtLast(proxy, from("203.0.113.2")).close();
        }
    }

    @Test
    void onlySoManyAreToldAtTheSameTimeThatThereIsNoPlace() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .connections(new ConnectionLimit(1, Integer.MAX_VALUE))
                        .timeouts(Timeouts.lingering(Patience.LIMIT.multipliedBy(3)))
                        .start();
                RawClient served = RawClient.to(proxy.plain())) {
            assertEquals(200, served.send(GET).reply("GET").status());
            Deque<RawClient> told = new ArrayDeque<>();
            try {
                for (int i = 0; i < MOST_TOLD; i++) {
                    told.add(RawClient.to(proxy.plain()));
                    assertEquals(503, told.getLast().reply("GET").status());
                }
                try (RawClient turnedAway = RawClient.to(proxy.plain())) {
                    assertEquals(0, turnedAway.untilEnd().bytes().length);
                }
                assertEquals(MOST_TOLD + 1, proxy.journal().refusals().size());
                told.removeFirst().close();
                assertTrue(anybodyIsToldBeforePatienceEnds(proxy));
            } finally {
                told.forEach(RawClient::close);
            }
            assertEquals(200, served.send(GET).reply("GET").status());
        }
    }

    private static boolean anybodyIsToldBeforePatienceEnds(EngineUnderTest proxy) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try (RawClient client = RawClient.to(proxy.plain())) {
                if (client.untilEnd().text().startsWith("HTTP/1.1 503 ")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String from(String address) {
        return "PROXY TCP4 " + address + " 127.0.0.1 40000 80\r\n";
    }

    private static int statusOfNewcomer(EngineUnderTest proxy, String header) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            client.sendAsFarAsTaken(List.of((header + GET).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
            return client.reply("GET").status();
        }
    }

    /** A client that was let in; the one before may take a moment to be gone. */
    private static RawClient servedAtLast(EngineUnderTest proxy, String header) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (System.nanoTime() < end) {
            RawClient client = RawClient.to(proxy.plain());
            if (client.send(header + GET).reply("GET").status() == 200) {
                return client;
            }
            client.close();
        }
        throw new AssertionError("nobody was let in for " + Patience.LIMIT);
    }
}
