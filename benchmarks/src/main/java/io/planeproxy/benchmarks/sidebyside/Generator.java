package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.load.Handshakes;
import io.planeproxy.benchmarks.sidebyside.load.LoadLoop;
import io.planeproxy.benchmarks.sidebyside.load.Security;
import io.planeproxy.benchmarks.sidebyside.load.WebSockets;
import io.planeproxy.benchmarks.sidebyside.load.Work;
import io.planeproxy.benchmarks.sidebyside.load.Wrk;
import io.planeproxy.benchmarks.sidebyside.peers.Running;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A load, ready to be put on one proxy as often as wanted. */
interface Generator extends AutoCloseable {
    int HANDSHAKES_AT_ONCE = 16;

    Work run(Duration time);

    @Override
    default void close() {}

    static Generator http(Load.Kind.Http http, Running proxy, Wrk wrk) {
        return time ->
                wrk.run(address(proxy, http.security()), http.security(), http.request(), http.connections(), time);
    }

    /** The sockets are opened now and stay open. */
    static Generator echo(Load.Kind.Echo echo, Running proxy, LoadLoop loop) {
        WebSockets sockets =
                WebSockets.open(loop, address(proxy, echo.security()), echo.security(), echo.sockets(), echo.payload());
        return new Generator() {
            @Override
            public Work run(Duration time) {
                return sockets.echo(time);
            }

            @Override
            public void close() {
                sockets.close();
            }
        };
    }

    static Generator handshakes(Load.Kind.Handshake handshake, Running proxy, LoadLoop loop) {
        return time -> Handshakes.run(loop, proxy.tls(), handshake.sessions(), HANDSHAKES_AT_ONCE, time);
    }

    private static InetSocketAddress address(Running proxy, Security security) {
        return switch (security) {
            case PLAIN -> proxy.plain();
            case TLS -> proxy.tls();
        };
    }
}
