package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of clients when the proxy is told to end. */
class DrainTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

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
}
