package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.planeproxy.core.kit.Ending;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.ImpatientEngine;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.kit.RecordingJournal.Told;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Rest;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamExchange;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Faults of our own, wherever they are thrown: each is counted, ends its exchange, and nobody else's. */
final class OwnFaultsTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @Test
    void inATimerOfTheUpstreamsConnection() throws Exception {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Script.inTurn(UpstreamExchange::untilEnd, Script.tellTarget()));
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address())) {
            proxy.journal().failOnce(Told.EXCHANGE_ENDED);
            endsWithoutAReply(proxy, GET);
            assertCounted(proxy.journal());
            assertServes(proxy);
        }
    }

    @Test
    void inATimerOfTheClientsConnection() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address())) {
            proxy.journal().failOnce(Told.REQUEST_REFUSED);
            endsWithoutAReply(proxy, "GET /x HTTP/1.1\r\nHo");
            assertCounted(proxy.journal());
            assertServes(proxy);
        }
    }

    @Test
    void whereAConnectHasFailed() throws Exception {
        try (RefusingPort nobody = RefusingPort.take();
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(nobody.address())) {
            proxy.journal().failOnce(Told.EXCHANGE_ENDED);
            endsWithoutAReply(proxy, GET);
            assertCounted(proxy.journal());
            try (RawClient next = RawClient.to(proxy.plain())) {
                assertEquals(502, next.send(GET).reply("GET").status());
            }
        }
    }

    @Test
    void whereAConnectHasSucceeded() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address())) {
            proxy.journal().failOnce(Told.UPSTREAM_CONNECTED);
            assertServes(proxy);
            assertCounted(proxy.journal());
            assertServes(proxy);
        }
    }

    @Test
    void whereAConnectionIsSetUp() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .upstreamTls((allocator, host, port) -> {
                            throw new IllegalStateException("no TLS can be had");
                        })
                        .start();
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(500, client.send(GET).reply("GET").status());
            assertCounted(proxy.journal());
        }
    }

    /** Only a reset says to a client of HTTP/1.0 that what has come is not all. */
    @Test
    void atTheEndOfAReplyWhichThenDoesNotLookWhole() throws Exception {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Script.replyAndClose("HTTP/1.1 200 OK\r\n\r\nhello"));
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            proxy.journal().failOnce(Told.EXCHANGE_ENDED);
            client.send("GET /x HTTP/1.0\r\nHost: plane.example\r\n\r\n");
            Rest rest = client.untilEnd();
            assertEquals(Ending.RESET, rest.ending(), rest::toString);
            assertCounted(proxy.journal());
        }
    }

    private static void endsWithoutAReply(ProxyUnderTest proxy, String request) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("", client.send(request).untilEnd().text());
        }
    }

    private static void assertServes(ProxyUnderTest proxy) {
        try (RawClient next = RawClient.to(proxy.plain())) {
            assertEquals("/x", next.send(GET).reply("GET").bodyText());
        }
    }

    /** Once; what is told beyond that fails the test at its end. */
    private static void assertCounted(RecordingJournal journal) throws InterruptedException {
        assertNotNull(journal.bugs().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS), "no fault was told");
    }
}
