package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.Config;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.planeproxy.server.demo.DemoUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's half of the notepad and the server's half agree on what becomes of edits that cross. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class NotepadWindowsTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(strings = {"1", "20", "300"})
    void windowsThatEditAtOnceEndWithOneTextAndNoWordLost(String seed) throws Exception {
        try (DemoUpstream upstream = DemoUpstream.start(group);
                NodeScript script = NodeScript.start(
                        "notepad-windows.mjs",
                        Map.of(),
                        "ws://127.0.0.1:" + upstream.address().getPort() + "/",
                        "4",
                        "40",
                        seed)) {
            Config result = script.next(Duration.ofSeconds(45));
            List<String> texts = result.getStringList("texts");
            assertFalse(texts.getFirst().isEmpty());
            assertEquals(List.of(texts.getFirst(), texts.getFirst(), texts.getFirst(), texts.getFirst()), texts);
            assertEquals(List.of(), result.getStringList("lost"));
        }
    }

    @Test
    void noOrderOfMessagesLosesAWord() throws Exception {
        try (NodeScript script = NodeScript.start("notepad-orders.mjs", Map.of(), "4", "40", "1000")) {
            assertEquals(List.of(), script.next(Duration.ofSeconds(45)).getList("faults"));
        }
    }
}
