package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.Ending;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.ImpatientEngine;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.kit.Rest;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A reply that is given up. To a client of HTTP/1.0, which knows its end by that of the connection, only a reset says so. */
class AbandonedReplyTest {
    private static final String GET = "GET /x HTTP/1.0\r\nHost: plane.example\r\n\r\n";
    /** More than all buffers on the way can take. */
    private static final int LARGE = 16 * 1024 * 1024;

    @Test
    void atTheDeadlineOfAShutdownItDoesNotLookWhole() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(unending(5));
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(GET).head();
            client.bytes(5);
            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> proxy.drain(Duration.ofMillis(10), Duration.ZERO));
            assertReset(client.untilEnd());
            assertEquals("abandoned shutdown", outcome(proxy.journal()));
            drained.join();
        }
    }

    @Test
    void forAClientThatTakesNothingItDoesNotLookWhole() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(unending(LARGE));
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address());
                RawClient client = RawClient.withSmallWindow(proxy.plain(), 64 * 1024)) {
            client.send(GET);
            assertEquals("abandoned client-stalled", outcome(proxy.journal()));
            assertReset(client.untilEnd());
        }
    }

    @Test
    void forAClientThatHasEndedItsDirectionItDoesNotLookWhole() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(unending(5));
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(GET).head();
            client.bytes(5);
            client.halfClose();
            assertReset(client.untilEnd());
            assertEquals("abandoned client-left", outcome(proxy.journal()));
        }
    }

    private static Script unending(int bytes) {
        return exchange -> {
            exchange.request();
            exchange.write("HTTP/1.1 200 OK\r\n\r\n" + "r".repeat(bytes));
            exchange.untilEnd();
        };
    }

    private static void assertReset(Rest rest) {
        assertEquals(Ending.RESET, rest.ending(), rest.bytes().length + " bytes");
    }

    private static String outcome(RecordingJournal journal) throws InterruptedException {
        return Objects.requireNonNull(journal.exchanges().poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                .outcome()
                .words();
    }
}
