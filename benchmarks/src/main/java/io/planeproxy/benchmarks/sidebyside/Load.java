package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.load.Security;
import io.planeproxy.benchmarks.sidebyside.load.Sessions;
import io.planeproxy.benchmarks.sidebyside.load.Wrk;
import java.util.List;

/**
 * One of the loads that the proxies are put under.
 *
 * @param id begins with the letter of its group
 * @param title what one operation is
 */
record Load(String id, String title, Kind kind) {
    private static final int CONNECTIONS = 64;
    private static final int CONNECTIONS_WITH_LARGE_BODIES = 16;
    private static final int SMALL_FRAME = 128;
    private static final int LARGE_FRAME = 16 * 1024;

    static final List<Load> ALL = List.of(
            http("a-plain", "small JSON replies", Wrk.Request.SMALL, Security.PLAIN, CONNECTIONS),
            http("a-tls", "small JSON replies, TLS", Wrk.Request.SMALL, Security.TLS, CONNECTIONS),
            http(
                    "b-64k",
                    "64 KiB downloads, TLS",
                    Wrk.Request.DOWNLOAD_64K,
                    Security.TLS,
                    CONNECTIONS_WITH_LARGE_BODIES),
            http("b-1m", "1 MiB downloads, TLS", Wrk.Request.DOWNLOAD_1M, Security.TLS, CONNECTIONS_WITH_LARGE_BODIES),
            http("c", "10 MiB uploads, TLS", Wrk.Request.UPLOAD_10M, Security.TLS, CONNECTIONS_WITH_LARGE_BODIES),
            new Load("d-128-plain", "WebSocket echo, 128 B", new Kind.Echo(SMALL_FRAME, Security.PLAIN, CONNECTIONS)),
            new Load("d-128-tls", "WebSocket echo, 128 B, TLS", new Kind.Echo(SMALL_FRAME, Security.TLS, CONNECTIONS)),
            new Load("d-16k-plain", "WebSocket echo, 16 KiB", new Kind.Echo(LARGE_FRAME, Security.PLAIN, CONNECTIONS)),
            new Load("d-16k-tls", "WebSocket echo, 16 KiB, TLS", new Kind.Echo(LARGE_FRAME, Security.TLS, CONNECTIONS)),
            new Load("e", "idle WebSockets, TLS", new Kind.Idle(4000)),
            new Load("f-full", "TLS handshakes, full, each with a small request", new Kind.Handshake(Sessions.FULL)),
            new Load(
                    "f-resumed",
                    "TLS handshakes, resumed, each with a small request",
                    new Kind.Handshake(Sessions.RESUMED)),
            new Load("g", "cold start, then small JSON replies over TLS", new Kind.ColdStart()));

    private static Load http(String id, String title, Wrk.Request request, Security security, int connections) {
        return new Load(id, title, new Kind.Http(request, security, connections));
    }

    /** What is done. */
    sealed interface Kind {
        /** Requests on connections that stay open, the next when the reply before is whole. */
        record Http(Wrk.Request request, Security security, int connections) implements Kind {}

        /** @param payload bytes of a frame; each socket sends the next when the one before has come back */
        record Echo(int payload, Security security, int sockets) implements Kind {}

        /** WebSockets over TLS in which nothing moves. */
        record Idle(int sockets) implements Kind {}

        record Handshake(Sessions sessions) implements Kind {}

        /** From the start of the process to the first reply, and from the first load to the full rate. */
        record ColdStart() implements Kind {}
    }

    /** Whether that is its id or the letter of its group. */
    boolean isCalled(String name) {
        return id.equals(name) || id.startsWith(name + "-");
    }
}
