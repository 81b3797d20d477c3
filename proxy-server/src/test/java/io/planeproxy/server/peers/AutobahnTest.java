package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A suite that knows WebSockets to the last bit can not tell whether the proxy is there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class AutobahnTest {
    private static final int CASES = 247;

    @TempDir
    private Path folder;

    @Test
    void everyCaseEndsTheSameWayThroughTheProxyAsWithoutIt() throws Exception {
        Tool.need(Tool.NODE);
        try (NodeScript echo = NodeScript.start("echo.mjs", Map.of())) {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.port());
            try (AssembledProxy front = AssembledProxy.inFrontOf(server, TestIdentity.in(folder))) {
                Map<String, Map<String, Autobahn.Verdict>> verdicts =
                        Autobahn.run(folder, Map.of("direct", url(server), "proxied", url(front.plain())));
                Map<String, Autobahn.Verdict> direct = verdicts.get("direct");
                assertEquals(CASES, direct.size());
                assertEquals(
                        List.of(),
                        direct.values().stream().filter(AutobahnTest::isFailure).toList());
                assertEquals(direct, verdicts.get("proxied"));
            }
        }
    }

    private static boolean isFailure(Autobahn.Verdict verdict) {
        return verdict.behaviour().equals("FAILED") || verdict.close().equals("FAILED");
    }

    private static String url(InetSocketAddress server) {
        return "ws://127.0.0.1:" + server.getPort();
    }
}
