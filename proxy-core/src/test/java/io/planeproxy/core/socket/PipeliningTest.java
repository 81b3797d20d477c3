package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Meter;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that send one request behind the other without waiting for replies. */
class PipeliningTest {
    private static final int PER_WRITE = 100;
    private static final int WRITES = 1200;

    /** The proxy answers these alone, and at once. */
    private static final byte[] REQUESTS = Wire.bytes(
            ("OPTIONS * HTTP/1.1\r\nHost: plane.example\r\nX: " + "y".repeat(750) + "\r\n\r\n").repeat(PER_WRITE));

    @Test
    void whoReadsNoRepliesIsNotReadEitherAndLosesNone() {
        Meter sent = new Meter();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .requestsPerConnection(Integer.MAX_VALUE)
                        .start();
                RawClient client = RawClient.withSmallWindow(proxy.plain(), 64 * 1024)) {
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < WRITES; i++) {
                    client.send(REQUESTS);
                    sent.add(REQUESTS.length);
                }
            });
            sent.awaitAtLeast(REQUESTS.length);
            long taken = sent.awaitQuiet(Duration.ofMillis(500));
            // The kernel's buffers alone take some MiB of requests and of replies.
            assertTrue(taken < (long) REQUESTS.length * WRITES / 2, taken + " bytes of requests were taken");
            for (int i = 0; i < PER_WRITE * WRITES; i++) {
                assertEquals(200, client.reply("OPTIONS").status());
            }
        }
    }
}
