package io.planeproxy.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.RecordingJournal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Any bytes name a client once, or end the connection, or are not yet a header. */
final class ProxyProtocolFuzzTest {
    private static final ClientFacts SENDER =
            ClientFacts.of(InetAddress.ofLiteral("192.0.2.7"), Scheme.HTTP, 80, TrustedProxies.NONE);

    @FuzzTest
    void anyBytesNameAClientOrEndTheConnection(byte[] bytes) {
        RecordingJournal journal = new RecordingJournal();
        List<InetAddress> served = new ArrayList<>();
        EmbeddedChannel channel =
                new EmbeddedChannel(new ProxyProtocol(SENDER, Duration.ofSeconds(10), journal, served::add));
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        assertTrue(served.size() <= 1, "served as " + served);
        assertEquals(channel.isOpen(), journal.refusals().isEmpty(), "a refusal closes, and only that");
        assertTrue(served.isEmpty() || channel.isOpen(), "served, and closed");
        channel.finishAndReleaseAll();
    }
}
