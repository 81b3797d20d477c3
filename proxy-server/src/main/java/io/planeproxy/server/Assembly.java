package io.planeproxy.server;

import io.planeproxy.core.engine.ConnectionLimit;
import io.planeproxy.core.engine.EngineOptions;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.h1.ClientTimeouts;
import io.planeproxy.core.h1.HeadLimits;
import io.planeproxy.core.relay.Admission;
import io.planeproxy.core.relay.RateLimit;
import io.planeproxy.core.route.HttpsRedirect;
import io.planeproxy.core.route.Router;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.core.tunnel.TunnelOptions;
import io.planeproxy.core.upstream.UpstreamOptions;
import io.planeproxy.core.upstream.UpstreamTlsHandlers;
import io.planeproxy.server.settings.Amount;
import io.planeproxy.server.settings.Bound;
import io.planeproxy.server.settings.Cidr;
import io.planeproxy.server.settings.Limits;
import io.planeproxy.server.settings.ListenAddress;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.Located;
import io.planeproxy.server.settings.Port;
import io.planeproxy.server.settings.ProxyProtocol;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Timeouts;
import io.planeproxy.server.settings.TlsSettings;
import io.planeproxy.server.settings.UpstreamUrl;
import io.planeproxy.tls.IdentityStore;
import io.planeproxy.tls.ServerIdentity;
import io.planeproxy.tls.ServerTls;
import io.planeproxy.tls.TlsProfile;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The only wiring: what settings and certificates mean in terms of the engine. Holds native memory for TLS until it is
 * closed, which must come after another has taken its place or the engine has ended.
 */
final class Assembly implements AutoCloseable {
    private final Settings settings;
    private final Certificates certificates;
    private final Lasting lasting;
    private final Routing routing;
    private final Map<TlsSettings, IdentityStore> stores = new LinkedHashMap<>();
    private final List<ServerTls> held = new ArrayList<>();
    private final EngineOptions engine;

    /** One for all listeners: a client has one address, whichever of them it comes to. */
    private final Optional<RateLimit> rateLimit;

    private final List<Door> doors;

    /**
     * A listener to be, with what is told about it.
     *
     * @param address where the configuration says it
     * @param purpose in a few words: what clients find there
     */
    record Door(Located<ListenAddress> address, ListenerSpec spec, String purpose) {}

    private Assembly(Settings settings, Certificates certificates, Lasting lasting) {
        this.settings = settings;
        this.certificates = certificates;
        this.lasting = lasting;
        this.routing = new Routing(settings, lasting.traces());
        this.engine = engine();
        this.rateLimit = lasting.rateLimit(settings.rateLimit(), System.nanoTime());
        try {
            this.doors = settings.listeners().stream().map(this::door).toList();
        } catch (IllegalStateException unfit) {
            close();
            throw unfit;
        }
    }

    /** @throws IllegalStateException when TLS cannot be set up on this machine with one of the certificates; says why */
    static Assembly of(Settings settings, Certificates certificates, Lasting lasting) {
        return new Assembly(settings, certificates, lasting);
    }

    EngineOptions engineOptions() {
        return engine;
    }

    List<Door> doors() {
        return doors;
    }

    /** Each once, in the order of the routes. */
    List<Upstream> upstreams() {
        return routing.upstreams();
    }

    /** Where the configuration has the listeners. */
    List<InetSocketAddress> addresses() {
        return doors.stream().map(door -> door.spec().address()).toList();
    }

    Door doorOf(ListenerSpec spec) {
        return doors.stream()
                .filter(door -> door.spec() == spec)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no door at " + spec.address()));
    }

    /** Over how long WebSockets are closed at the end. */
    Duration drainSpread() {
        return settings.drainSpread();
    }

    /** What each TLS listener shows to its clients, which may be exchanged. */
    Map<TlsSettings, IdentityStore> stores() {
        return Map.copyOf(stores);
    }

    /** Whether any listener or upstream does. */
    boolean speaksTls() {
        return !held.isEmpty() || anyUpstreamSpeaksTls();
    }

    private boolean anyUpstreamSpeaksTls() {
        return settings.routes().stream()
                .anyMatch(route -> route.upstream().value().scheme() == UpstreamUrl.Scheme.HTTPS);
    }

    private EngineOptions engine() {
        UpstreamOptions upstream = new UpstreamOptions(
                settings.timeouts().connect(),
                settings.upstreamPool().idle(),
                settings.upstreamPool().maxIdle(),
                settings.upstreamPool().maxConnections(),
                settings.upstreamPool().queue());
        int loops = switch (settings.eventLoops()) {
            case Amount.Automatic() -> Runtime.getRuntime().availableProcessors();
            case Amount.Exactly(int number) -> number;
        };
        return new EngineOptions(loops, upstream, upstreamTls(), connectionLimit(settings.limits()));
    }

    private static ConnectionLimit connectionLimit(Limits limits) {
        int inAll = switch (limits.connections()) {
            case Amount.Automatic() -> OpenFiles.connections().orElse(Integer.MAX_VALUE);
            case Amount.Exactly(int number) -> number;
        };
        int perAddress = switch (limits.connectionsPerAddress()) {
            case Bound.Off() -> Integer.MAX_VALUE;
            case Bound.Of(int number) -> number;
        };
        return new ConnectionLimit(inAll, perAddress);
    }

    private UpstreamTlsHandlers upstreamTls() {
        if (anyUpstreamSpeaksTls()) {
            // Now, and not when an event loop would have to wait for it.
            lasting.upstreamTls();
        }
        Duration handshake = settings.timeouts().connect();
        return (allocator, host, port) -> lasting.upstreamTls().newHandler(allocator, host, port, handshake);
    }

    private Door door(ListenerSettings listener) {
        return switch (listener) {
            case ListenerSettings.Plain(var entrance) ->
                new Door(
                        entrance.address(),
                        spec(entrance, new ListenerSpec.Security.Plain(), routing.router()),
                        "http" + passing());
            case ListenerSettings.Secure(var entrance, TlsSettings tls) ->
                new Door(
                        entrance.address(),
                        spec(entrance, secure(tls), routing.router()),
                        "https, certificate of " + certificate(tls) + passing());
            case ListenerSettings.RedirectToHttps(var entrance, Port port) ->
                new Door(
                        entrance.address(),
                        spec(entrance, new ListenerSpec.Security.Plain(), redirect(entrance.address(), port)),
                        "http, redirecting to https on port " + port);
        };
    }

    private ListenerSpec spec(ListenerSettings.Entrance entrance, ListenerSpec.Security security, Router router) {
        return new ListenerSpec(
                entrance.address().value().socketAddress(),
                security,
                router,
                Routing.networks(settings.trustedProxies()),
                clients(),
                new TunnelOptions(
                        settings.timeouts().tunnelIdle(),
                        settings.webSockets().ping().asOptional()),
                new Admission(Routing.rules(entrance.access()), rateLimit),
                BrowserFields.of(settings, security.scheme()),
                proxySenders(entrance.proxyProtocol()));
    }

    private static ListenerSpec.ProxySenders proxySenders(ProxyProtocol protocol) {
        return switch (protocol) {
            case ProxyProtocol.Off() -> new ListenerSpec.ProxySenders.Nobody();
            case ProxyProtocol.From(List<Cidr> senders) ->
                new ListenerSpec.ProxySenders.These(Routing.networks(senders));
        };
    }

    private ListenerSpec.Security secure(TlsSettings settingsOfTls) {
        IdentityStore store = new IdentityStore(certificates.of(settingsOfTls));
        ServerTls tls = ServerTls.of(store, TlsProfile.INTERMEDIATE);
        stores.put(settingsOfTls, store);
        held.add(tls);
        Duration handshake = settings.timeouts().tlsHandshake();
        return new ListenerSpec.Security.Secure(pipeline -> tls.addTo(pipeline, handshake));
    }

    private Router redirect(Located<ListenAddress> address, Port port) {
        return new HttpsRedirect(port.number(), hostForRequestsWithoutOne(address.value()));
    }

    /** HTTP/1.0 may leave it out: then the first name that a certificate has, or else the address that was connected to. */
    private String hostForRequestsWithoutOne(ListenAddress address) {
        return settings.listeners().stream()
                .flatMap(listener -> switch (listener) {
                    case ListenerSettings.Secure(var _, TlsSettings tls) -> certificates.of(tls).all().stream();
                    case ListenerSettings.Plain _, ListenerSettings.RedirectToHttps _ ->
                        List.<ServerIdentity>of().stream();
                })
                .flatMap(identity -> identity.names().dns().stream())
                .filter(name -> !name.startsWith("*"))
                .findFirst()
                .orElseGet(() -> switch (address.host()) {
                    case ListenAddress.Host.All() -> "localhost";
                    case ListenAddress.Host.One _ -> {
                        String text = address.toString();
                        yield text.substring(0, text.lastIndexOf(':'));
                    }
                });
    }

    private ClientOptions clients() {
        Limits limits = settings.limits();
        Timeouts timeouts = settings.timeouts();
        return new ClientOptions(
                new HeadLimits(
                        Math.toIntExact(limits.requestLine().bytes()),
                        Math.toIntExact(limits.fields().bytes()),
                        limits.fieldCount()),
                new ClientTimeouts(
                        timeouts.head(),
                        timeouts.bodyIdle(),
                        bodyRate(limits.bodyRate()),
                        timeouts.writeStall(),
                        timeouts.keepAlive(),
                        ClientTimeouts.DEFAULT.linger(),
                        ClientTimeouts.DEFAULT.lingerIdle()),
                limits.requestsPerConnection());
    }

    private static int bodyRate(Bound rate) {
        return switch (rate) {
            case Bound.Off() -> 0;
            case Bound.Of(int bytesPerSecond) -> bytesPerSecond;
        };
    }

    private String certificate(TlsSettings tls) {
        ServerIdentity standard = certificates.of(tls).byDefault();
        String further = tls.byName().isEmpty() ? "" : ", and " + tls.byName().size() + " more by name";
        return standard.names() + " until " + standard.notAfter() + further;
    }

    private String passing() {
        return ", passing on to " + settings.defaultRoute().upstream().value();
    }

    @Override
    public void close() {
        held.forEach(ServerTls::close);
    }
}
