package io.planeproxy.core.kit;

import io.netty.buffer.ByteBufUtil;
import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.EngineOptions;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.h1.ClientTimeouts;
import io.planeproxy.core.h1.HeadLimits;
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

/** An engine that waits for nobody longer than a second, for the tests of what happens then. */
public final class ImpatientEngine implements ProxyUnderTest {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATER = Duration.ofMillis(900);
    private static final UpstreamOptions UPSTREAM = new UpstreamOptions(LATER, Duration.ofSeconds(10), 64, 64, 64);
    private static final ClientTimeouts CLIENTS = new ClientTimeouts(SOON, SOON, 1, SOON, LATER, LATER, SOON);
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + " leaked: " + records));
    }

    private final RecordingJournal journal = new RecordingJournal();
    private final Engine engine;
    private final Listener listener;

    private ImpatientEngine(Route route) {
        EngineOptions options = new EngineOptions(1, UPSTREAM, (allocator, host, port) -> {
            throw new IllegalStateException("no upstream here speaks TLS");
        });
        engine = Engine.start(options, journal);
        try {
            ListenerSpec spec = new ListenerSpec(
                    new InetSocketAddress("127.0.0.1", 0),
                    new ListenerSpec.Security.Plain(),
                    new RouteTable(List.of(), route),
                    TrustedProxies.NONE,
                    new ClientOptions(HeadLimits.DEFAULT, CLIENTS, 10_000),
                    LATER);
            listener = engine.apply(options, List.of(spec)).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ImpatientEngine inFrontOf(InetSocketAddress upstream) {
        return new ImpatientEngine(new Route(
                PathPrefix.ROOT,
                new Upstream(Scheme.HTTP, upstream.getAddress().getHostAddress(), upstream.getPort()),
                BodyLimit.UNLIMITED,
                Upgrades.WEBSOCKET,
                LATER));
    }

    /** What the engine told of its exchanges. */
    public RecordingJournal journal() {
        return journal;
    }

    @Override
    public InetSocketAddress plain() {
        return listener.address();
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
