package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.relay.TunnelRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pings of the proxy's own to a client that says nothing. */
final class PingTest {
    private static final String UPGRADE = WebSocketHandshake.request("/live");
    private static final Duration PERIOD = Duration.ofMillis(300);

    @Test
    void aClientThatAnswersStaysAndTheUpstreamSeesNothingOfIt() {
        byte[] word = Frames.frame(0x81, new byte[] {'a'}, true, new Random(1));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                EngineUnderTest proxy =
                        EngineUnderTest.with(upstream.address()).ping(PERIOD).start();
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            for (int i = 0; i < 4; i++) {
                byte[] ping = client.bytes(10);
                assertEquals(0x89, ping[0] & 0xff);
                client.send(Frames.frame(0x8a, Arrays.copyOfRange(ping, 2, 10), true, new Random(i)));
            }
            client.send(word);
            assertArrayEquals(word, client.bytes(word.length), "all that the upstream has to send back");
        }
    }

    @Test
    void aClientThatAnswersNothingIsEnded() throws InterruptedException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                EngineUnderTest proxy =
                        EngineUnderTest.with(upstream.address()).ping(PERIOD).start();
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            List<Frames.Frame> frames = Frames.read(client.untilEnd().bytes());
            assertEquals(List.of(0x89), frames.stream().map(Frames.Frame::first).toList());
            upstream.awaitConnection(1).awaitEnd();
            TunnelRecord tunnel = proxy.journal().tunnels().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertNotNull(tunnel);
            assertTrue(
                    tunnel.ending().words().startsWith("client vanished without a close"),
                    tunnel.ending().words());
        }
    }
}
