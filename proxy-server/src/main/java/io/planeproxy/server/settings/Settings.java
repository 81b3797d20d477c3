package io.planeproxy.server.settings;

import java.time.Duration;
import java.util.List;

/**
 * A whole configuration without a problem. Only {@link SettingsReader} makes one, so whoever holds it need not check it again. The
 * files that it names are not opened yet.
 */
public final class Settings {
    private final List<ListenerSettings> listeners;
    private final List<RouteSettings> routes;
    private final List<Cidr> trustedProxies;
    private final WebSocketSettings webSockets;
    private final Timeouts timeouts;
    private final Duration drainSpread;
    private final Limits limits;
    private final PoolSettings upstreamPool;
    private final Rate rateLimit;
    private final SecurityHeaders securityHeaders;
    private final Amount eventLoops;
    private final AccessLogFormat accessLog;
    private final AdminSettings admin;
    private final Located<Place> historyFolder;
    private final LogLevel logLevel;
    private final List<EffectiveValue> effective;

    Settings(
            List<ListenerSettings> listeners,
            List<RouteSettings> routes,
            List<Cidr> trustedProxies,
            WebSocketSettings webSockets,
            Timeouts timeouts,
            Duration drainSpread,
            Limits limits,
            PoolSettings upstreamPool,
            Rate rateLimit,
            SecurityHeaders securityHeaders,
            Amount eventLoops,
            AccessLogFormat accessLog,
            AdminSettings admin,
            Located<Place> historyFolder,
            LogLevel logLevel,
            List<EffectiveValue> effective) {
        this.listeners = List.copyOf(listeners);
        this.routes = List.copyOf(routes);
        this.trustedProxies = List.copyOf(trustedProxies);
        this.webSockets = webSockets;
        this.timeouts = timeouts;
        this.drainSpread = drainSpread;
        this.limits = limits;
        this.upstreamPool = upstreamPool;
        this.rateLimit = rateLimit;
        this.securityHeaders = securityHeaders;
        this.eventLoops = eventLoops;
        this.accessLog = accessLog;
        this.admin = admin;
        this.historyFolder = historyFolder;
        this.logLevel = logLevel;
        this.effective = List.copyOf(effective);
    }

    /** At least one; no two can collide. */
    public List<ListenerSettings> listeners() {
        return listeners;
    }

    /** No path twice; the one for {@code /} is among them. */
    public List<RouteSettings> routes() {
        return routes;
    }

    /** The route for {@code /}, which answers for every path that no other has. */
    public RouteSettings defaultRoute() {
        return routes.stream()
                .filter(route -> route.path().equals(RoutePath.ROOT))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no route for /; expected one, which SettingsReader sees to"));
    }

    /** Peers whose forwarding fields are believed. */
    public List<Cidr> trustedProxies() {
        return trustedProxies;
    }

    public WebSocketSettings webSockets() {
        return webSockets;
    }

    public Timeouts timeouts() {
        return timeouts;
    }

    /** Over how long WebSockets are closed when the program is told to end. */
    public Duration drainSpread() {
        return drainSpread;
    }

    public Limits limits() {
        return limits;
    }

    public PoolSettings upstreamPool() {
        return upstreamPool;
    }

    /** For each client address, over all listeners. */
    public Rate rateLimit() {
        return rateLimit;
    }

    public SecurityHeaders securityHeaders() {
        return securityHeaders;
    }

    /** Threads that serve connections. */
    public Amount eventLoops() {
        return eventLoops;
    }

    public AccessLogFormat accessLog() {
        return accessLog;
    }

    public AdminSettings admin() {
        return admin;
    }

    /** Where the configurations that were in service are kept. */
    public Located<Place> historyFolder() {
        return historyFolder;
    }

    public LogLevel logLevel() {
        return logLevel;
    }

    /** Every value and where it came from, for people to read. */
    public List<EffectiveValue> effective() {
        return effective;
    }
}
