package io.planeproxy.core.kit;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.ssl.SslHandler;
import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.EngineOptions;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.RouteTable;
import io.planeproxy.core.route.Upgrades;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.core.upstream.UpstreamOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** This engine, alone and plain, with the defaults of an operator who names only an upstream. */
public final class EngineUnderTest implements ProxyUnderTest {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + " leaked: " + records));
    }

    private final RecordingJournal journal = new RecordingJournal();
    private final Engine engine;
    private final Listener listener;

    private EngineUnderTest(Route route, ClientOptions clients) {
        engine = Engine.start(new EngineOptions(1, UpstreamOptions.DEFAULT, EngineUnderTest::noTls), journal);
        try {
            listener = engine.listen(new ListenerSpec(
                    new InetSocketAddress("127.0.0.1", 0),
                    new ListenerSpec.Security.Plain(),
                    new RouteTable(List.of(), route),
                    TrustedProxies.NONE,
                    clients,
                    Duration.ofHours(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static EngineUnderTest inFrontOf(InetSocketAddress upstream) {
        return new EngineUnderTest(route(upstream, new BodyLimit.Bytes(10 * 1024 * 1024)), ClientOptions.DEFAULT);
    }

    /** The same, but for bodies of any size. */
    public static EngineUnderTest withoutBodyLimit(InetSocketAddress upstream) {
        return new EngineUnderTest(route(upstream, BodyLimit.UNLIMITED), ClientOptions.DEFAULT);
    }

    private static Route route(InetSocketAddress upstream, BodyLimit bodyLimit) {
        return new Route(
                PathPrefix.ROOT,
                new Upstream(Scheme.HTTP, upstream.getAddress().getHostAddress(), upstream.getPort()),
                bodyLimit,
                Upgrades.WEBSOCKET,
                Duration.ofSeconds(600));
    }

    private static SslHandler noTls(io.netty.buffer.ByteBufAllocator allocator, String host, int port) {
        throw new IllegalStateException("no upstream here speaks TLS");
    }

    /** What the engine told of its exchanges. */
    public RecordingJournal journal() {
        return journal;
    }

    @Override
    public InetSocketAddress plain() {
        return listener.address();
    }

    /** Ends as the program does when it is told to. @return whether everything finished in time */
    public boolean drain(Duration deadline, Duration spread) {
        return engine.shutDown(deadline, spread);
    }

    @Override
    public void close() {
        engine.close();
        journal.assertNoBugs();
        if (!LEAKS.isEmpty()) {
            throw new AssertionError(LEAKS.toString());
        }
    }
}
