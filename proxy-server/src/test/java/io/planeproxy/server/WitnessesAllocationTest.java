package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Party;
import io.planeproxy.server.metrics.Metrics;
import io.planeproxy.server.recent.Recent;
import io.planeproxy.server.settings.Sources;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counting and remembering cost the event loop, beside the 6.5 kB that an exchange takes in all. The access log is left out. */
final class WitnessesAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BATCHES = 20;
    private static final int BATCH = 500;

    /** A lambda, an iterator and the like, where no compiler does away with them: 80 bytes when this was written. */
    private static final long BUDGET = 96;

    @Test
    void anExchangeThatGoesWellIsCountedAndRememberedForNextToNothing() throws Exception {
        ExchangeRecord exchange = exchange();
        Journal witnesses = new Journals(List.of(new Metrics("test"), new Recent(InstantSource.system())));
        long each = least(() -> witnesses.exchangeEnded(exchange));
        assertTrue(each <= BUDGET, () -> "an exchange takes " + each + " bytes, expected at most " + BUDGET);
        long ping = least(() -> witnesses.ponged(Party.CLIENT, 1_000_000));
        assertTrue(ping <= BUDGET, () -> "a pong takes " + ping + " bytes, expected at most " + BUDGET);
    }

    private static long least(Runnable step) {
        long self = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < BATCHES; i++) {
            long before = THREADS.getThreadAllocatedBytes(self);
            for (int j = 0; j < BATCH; j++) {
                step.run();
            }
            least = Math.min(least, THREADS.getThreadAllocatedBytes(self) - before);
        }
        return least / BATCH;
    }

    private static ExchangeRecord exchange() throws Exception {
        RecordingJournal journal = new RecordingJournal();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                Proxy proxy = proxy(upstream, journal);
                RawClient client = RawClient.to(proxy.listening().getFirst().address())) {
            assertEquals(
                    200,
                    client.send("GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n")
                            .reply("GET")
                            .status());
            return journal.exchanges().take();
        }
    }

    private static Proxy proxy(ScriptedUpstream upstream, Journal journal) throws Exception {
        Lasting lasting = new Lasting();
        String text = """
                plane-proxy { upstream = "http://127.0.0.1:%d", listeners = [ { address = "127.0.0.1", port = 0 } ] }
                """.formatted(upstream.address().getPort());
        return switch (Generation.load(Sources.ofText("test.conf", text), lasting, Instant.now())) {
            case Generation.Load.Good(Generation generation) -> Proxy.start(generation, lasting, journal);
            case Generation.Load.Bad _, Generation.Load.Unfit _ -> throw new AssertionError(text);
        };
    }
}
