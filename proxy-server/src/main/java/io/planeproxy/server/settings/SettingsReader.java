package io.planeproxy.server.settings;

import com.typesafe.config.ConfigObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Reads a configuration in one pass that finds every problem, or makes the {@link Settings}. */
public final class SettingsReader {
    static final String ROOT = "plane-proxy";

    private SettingsReader() {}

    /** Reads the file, where there is one, and nothing else: no other file is opened and no name is looked up. */
    public static Read read(Sources sources) {
        return read(sources, new Findings());
    }

    /** The keys that this reader knows, as far as the sources make it ask for them. */
    static SortedSet<String> keysAskedFor(Sources sources) {
        Findings findings = new Findings();
        read(sources, findings);
        return findings.known();
    }

    /** Where the admin socket is said to be, whatever faults the rest has; as without a word where that cannot be read. */
    public static Place adminSocket(Sources sources) {
        Field<AdminSettings> admin = root(sources, new Findings())
                .map(root -> AdminSettings.read(root.section("admin")))
                .orElseGet(Field.Faulty::new);
        return switch (admin) {
            case Field.Found<AdminSettings>(AdminSettings found) ->
                found.socket().value();
            case Field.Faulty<AdminSettings>() -> new Place.Automatic();
        };
    }

    /** Where the history is said to be, as {@link #adminSocket}. */
    public static Place historyFolder(Sources sources) {
        Field<Located<Place>> folder = root(sources, new Findings())
                .map(root -> historyFolder(root.section("history")))
                .orElseGet(Field.Faulty::new);
        return switch (folder) {
            case Field.Found<Located<Place>>(Located<Place> found) -> found.value();
            case Field.Faulty<Located<Place>>() -> new Place.Automatic();
        };
    }

    /** The certificates and keys that can be looked at, whatever faults the rest has; none where it cannot be read at all. */
    public static List<IdentitySettings> identities(Sources sources) {
        return root(sources, new Findings()).map(ListenersReader::identities).orElse(List.of());
    }

    private static Read read(Sources sources, Findings findings) {
        Field<Settings> settings =
                root(sources, findings).map(SettingsReader::settings).orElseGet(Field.Faulty::new);
        return findings.clean() ? new Read.Good(settings.value()) : new Read.Bad(findings.problems());
    }

    /** Nothing where the file cannot be read or is no HOCON. */
    private static Optional<Section> root(Sources sources, Findings findings) {
        Origins origins = new Origins(sources.file());
        ConfigObject defaults = Reference.defaults();
        Field<ConfigFile> file = ConfigFile.load(sources, origins, findings);
        ConfigObject overlay = Overlay.of(Shorthands.of(sources, defaults, findings), defaults, findings);
        return switch (file) {
            case Field.Found<ConfigFile>(ConfigFile found) ->
                Optional.of(new Section(
                        overlay.withFallback(found.content()), defaults, ROOT, found.where(), origins, findings));
            case Field.Faulty<ConfigFile>() -> Optional.empty();
        };
    }

    private static Field<Settings> settings(Section root) {
        Field<Timeouts> timeouts = timeouts(root.section("timeouts"));
        Field<Duration> reply = Field.whole(() -> timeouts.value().reply());
        Field<Access> access = Access.read(root, new Field.Found<>(Access.EVERYBODY));
        Field<List<ListenerSettings>> listeners = ListenersReader.read(root, access);
        Field<WebSocketSettings> webSockets = WebSocketSettings.read(root.section("websocket"));
        Field<WebSocketOrigins> origins = Field.whole(() -> webSockets.value().origins());
        Field<List<RouteSettings>> routes = RoutesReader.read(root, reply, origins);
        Field<List<Cidr>> trustedProxies =
                root.values("trusted-proxies", Cidr::parse, "a list such as [\"10.0.0.0/8\"]");
        Field<Duration> drainSpread = drainSpread(root.section("drain"));
        Field<Limits> limits = limits(root.section("limits"));
        Field<PoolSettings> pool = pool(root.section("upstream-pool"));
        Field<Rate> rateLimit = Rate.read(root);
        Field<SecurityHeaders> securityHeaders = SecurityHeaders.read(root.section("security-headers"));
        Field<Amount> eventLoops = root.value("event-loops", Amount.upTo(1024));
        Field<AccessLogFormat> accessLog = accessLog(root.section("access-log"));
        Field<AdminSettings> admin = AdminSettings.read(root.section("admin"));
        Field<Located<Place>> historyFolder = historyFolder(root.section("history"));
        Field<LogLevel> logLevel = logLevel(root.section("log"));
        return root.whole(() -> new Settings(
                listeners.value(),
                routes.value(),
                trustedProxies.value(),
                webSockets.value(),
                timeouts.value(),
                drainSpread.value(),
                limits.value(),
                pool.value(),
                rateLimit.value(),
                securityHeaders.value(),
                eventLoops.value(),
                accessLog.value(),
                admin.value(),
                historyFolder.value(),
                logLevel.value(),
                root.effective()));
    }

    private static Field<Duration> drainSpread(Section section) {
        Field<Duration> spread = section.value("spread", Durations::parse);
        return section.whole(spread::value);
    }

    private static Field<Located<Place>> historyFolder(Section section) {
        Field<Located<Place>> folder =
                section.located("folder", Place.of("a folder", "/var/lib/plane-proxy/history"), "");
        return section.whole(() -> Place.besideItsFile(folder.value()));
    }

    private static Field<LogLevel> logLevel(Section section) {
        Field<LogLevel> level = section.value("level", LogLevel::parse);
        return section.whole(level::value);
    }

    private static Field<AccessLogFormat> accessLog(Section section) {
        Field<AccessLogFormat> format = section.value("format", AccessLogFormat::parse);
        return section.whole(format::value);
    }

    private static Field<Timeouts> timeouts(Section section) {
        Field<Duration> head = section.value("head", Durations::parse);
        Field<Duration> bodyIdle = section.value("body-idle", Durations::parse);
        Field<Duration> writeStall = section.value("write-stall", Durations::parse);
        Field<Duration> keepAlive = section.value("keep-alive", Durations::parse);
        Field<Duration> connect = section.value("connect", Durations::parse);
        Field<Span> hold = section.value("hold", Span.from(Duration.ofMillis(1)));
        Field<Duration> reply = section.value("reply", Durations::parse);
        Field<Duration> tunnelIdle = section.value("tunnel-idle", Durations::parse);
        Field<Duration> tlsHandshake = section.value("tls-handshake", Durations::parse);
        Field<Duration> shutdown = section.value("shutdown", Durations::parse);
        return section.whole(() -> new Timeouts(
                head.value(),
                bodyIdle.value(),
                writeStall.value(),
                keepAlive.value(),
                connect.value(),
                hold.value(),
                reply.value(),
                tunnelIdle.value(),
                tlsHandshake.value(),
                shutdown.value()));
    }

    private static Field<Limits> limits(Section section) {
        Field<ByteSize> requestLine =
                section.value("request-line", ByteSize.between(new ByteSize(256), new ByteSize(1 << 20)));
        Field<ByteSize> fields =
                section.value("fields", ByteSize.between(new ByteSize(1 << 10), new ByteSize(1 << 20)));
        Field<Integer> fieldCount = section.value("field-count", Numbers.between(10, 10_000));
        Field<Integer> requests = section.value("requests-per-connection", Numbers.between(1, 1_000_000_000));
        Field<Amount> connections = section.value("connections", Amount.upTo(10_000_000));
        Field<Bound> connectionsPerAddress = section.value("connections-per-address", Bound.upTo(10_000_000));
        Field<Bound> bodyRate = section.value("body-rate", Bound.upTo(1_000_000_000));
        return section.whole(() -> new Limits(
                requestLine.value(),
                fields.value(),
                fieldCount.value(),
                requests.value(),
                connections.value(),
                connectionsPerAddress.value(),
                bodyRate.value()));
    }

    private static Field<PoolSettings> pool(Section section) {
        Field<Duration> idle = section.value("idle", Durations::parse);
        Field<Integer> maxIdle = section.value("max-idle", Numbers.between(0, 100_000));
        Field<Integer> maxConnections = section.value("max-connections", Numbers.between(1, 100_000));
        Field<Integer> queue = section.value("queue", Numbers.between(0, 100_000));
        return section.whole(
                () -> new PoolSettings(idle.value(), maxIdle.value(), maxConnections.value(), queue.value()));
    }
}
