package io.planeproxy.core.kit;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.ssl.SslHandler;
import io.planeproxy.core.engine.ConnectionLimit;
import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.EngineOptions;
import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.forward.AddedFields;
import io.planeproxy.core.forward.Cidr;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.h1.ClientTimeouts;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.Admission;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.core.route.AddressRules;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.Hold;
import io.planeproxy.core.route.Origins;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.RouteTable;
import io.planeproxy.core.route.Upgrades;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.core.tunnel.TunnelOptions;
import io.planeproxy.core.upstream.UpstreamOptions;
import io.planeproxy.core.upstream.UpstreamTlsHandlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** This engine, alone and plain, with the defaults of an operator who names only an upstream. */
public final class EngineUnderTest implements ProxyUnderTest {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + " leaked: " + records));
    }

    private final RecordingJournal journal = new RecordingJournal();
    private final Engine engine;
    private final Listener listener;

    private EngineUnderTest(Builder with) {
        engine = Engine.start(with.options(), journal);
        listener = apply(with).getFirst();
    }

    /** Exchanges all that is in service. */
    public List<Listener> apply(Builder with) {
        try {
            return engine.apply(with.options(), with.listeners(), with.inherited);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Listener> listeners() {
        return engine.listeners();
    }

    public static EngineUnderTest inFrontOf(InetSocketAddress upstream) {
        return new Builder(upstream).start();
    }

    /** The same, but for bodies of any size. */
    public static EngineUnderTest withoutBodyLimit(InetSocketAddress upstream) {
        return new Builder(upstream).bodies(BodyLimit.UNLIMITED).start();
    }

    /** For a proxy that differs from the defaults in what is named. */
    public static Builder with(InetSocketAddress upstream) {
        return new Builder(upstream);
    }

    /** What differs from the defaults. */
    public static final class Builder {
        private final InetSocketAddress upstream;
        private UpstreamOptions upstreamOptions = UpstreamOptions.DEFAULT;
        private UpstreamTlsHandlers upstreamTls = EngineUnderTest::noTls;
        private Scheme upstreamScheme = Scheme.HTTP;
        private Duration replyTimeout = Duration.ofSeconds(600);
        private ConnectionLimit connections = ConnectionLimit.none();
        private ClientOptions clients = ClientOptions.DEFAULT;
        private TrustedProxies trusted = TrustedProxies.NONE;
        private Admission admission = Admission.EVERYBODY;
        private AddedFields added = AddedFields.NONE;
        private ListenerSpec.ProxySenders senders = new ListenerSpec.ProxySenders.Nobody();
        private BodyLimit bodies = new BodyLimit.Bytes(10 * 1024 * 1024);
        private AddressRules routeAccess = AddressRules.EVERYBODY;
        private Origins origins = Origins.ANY;
        private final List<InetSocketAddress> at = new ArrayList<>();
        private int listeners = 1;
        private int loops = 1;
        private InheritedSockets inherited = InheritedSockets.none();
        private Hold hold = Hold.NOBODY;
        private Optional<Duration> ping = Optional.empty();

        private Builder(InetSocketAddress upstream) {
            this.upstream = upstream;
        }

        public Builder upstreams(UpstreamOptions options) {
            upstreamOptions = options;
            return this;
        }

        /** For an upstream that is spoken to over TLS. */
        public Builder upstreamTls(UpstreamTlsHandlers handlers) {
            upstreamTls = handlers;
            upstreamScheme = Scheme.HTTPS;
            return this;
        }

        public Builder replyWithin(Duration timeout) {
            replyTimeout = timeout;
            return this;
        }

        public Builder connections(ConnectionLimit limit) {
            connections = limit;
            return this;
        }

        public Builder timeouts(ClientTimeouts timeouts) {
            clients = new ClientOptions(clients.limits(), timeouts, clients.requestsPerConnection());
            return this;
        }

        public Builder requestsPerConnection(int most) {
            clients = new ClientOptions(clients.limits(), clients.timeouts(), most);
            return this;
        }

        public Builder trusting(String... ranges) {
            trusted = new TrustedProxies(ranges(ranges));
            return this;
        }

        public Builder admission(Admission who) {
            admission = who;
            return this;
        }

        public Builder added(AddedFields fields) {
            added = fields;
            return this;
        }

        public Builder proxyProtocolFrom(String... ranges) {
            senders = new ListenerSpec.ProxySenders.These(new TrustedProxies(ranges(ranges)));
            return this;
        }

        public Builder bodies(BodyLimit limit) {
            bodies = limit;
            return this;
        }

        public Builder routeAccess(AddressRules rules) {
            routeAccess = rules;
            return this;
        }

        public Builder origins(Origins pages) {
            origins = pages;
            return this;
        }

        public Builder hold(Hold who) {
            hold = who;
            return this;
        }

        public Builder ping(Duration period) {
            ping = Optional.of(period);
            return this;
        }

        public EngineUnderTest start() {
            return new EngineUnderTest(this);
        }

        /** So many, each at any free port of the loopback. */
        public Builder listeners(int number) {
            listeners = number;
            return this;
        }

        /** And one there. */
        public Builder alsoAt(InetSocketAddress address) {
            at.add(address);
            return this;
        }

        /** One there, and no other. */
        public Builder onlyAt(InetSocketAddress address) {
            return listeners(0).alsoAt(address);
        }

        public Builder loops(int number) {
            loops = number;
            return this;
        }

        public Builder inheriting(InheritedSockets sockets) {
            inherited = sockets;
            return this;
        }

        private EngineOptions options() {
            return new EngineOptions(loops, upstreamOptions, upstreamTls, connections);
        }

        private List<ListenerSpec> listeners() {
            List<ListenerSpec> all =
                    new ArrayList<>(Collections.nCopies(listeners, listener(new InetSocketAddress("127.0.0.1", 0))));
            at.forEach(address -> all.add(listener(address)));
            return all;
        }

        private ListenerSpec listener(InetSocketAddress address) {
            return new ListenerSpec(
                    address,
                    new ListenerSpec.Security.Plain(),
                    new RouteTable(List.of(), route()),
                    trusted,
                    clients,
                    new TunnelOptions(Duration.ofHours(1), ping),
                    admission,
                    added,
                    senders);
        }

        private Route route() {
            return new Route(
                    PathPrefix.ROOT,
                    new Upstream(upstreamScheme, upstream.getAddress().getHostAddress(), upstream.getPort()),
                    bodies,
                    Upgrades.WEBSOCKET,
                    replyTimeout,
                    routeAccess,
                    origins,
                    hold);
        }
    }

    /** Ranges of addresses, as an operator writes them. */
    public static List<Cidr> ranges(String... texts) {
        return Arrays.stream(texts).map(text -> Cidr.parse(text).orElseThrow()).toList();
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

    /** Waits until so many exchanges wait for an upstream that is away. */
    public void awaitHeld(int number) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (engine.heldExchanges() != number) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        engine.heldExchanges() + " exchanges wait after " + Patience.LIMIT + ", expected " + number);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** The tunnels that are open now. */
    public List<TunnelSnapshot> openTunnels() {
        return engine.openTunnels().join();
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
