package io.planeproxy.server;

import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.route.AddressRules;
import io.planeproxy.core.route.Hold;
import io.planeproxy.core.route.Origins;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.RouteTable;
import io.planeproxy.core.route.Router;
import io.planeproxy.core.route.Traced;
import io.planeproxy.core.route.Traces;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.settings.Access;
import io.planeproxy.server.settings.BodyLimit;
import io.planeproxy.server.settings.Cidr;
import io.planeproxy.server.settings.RouteSettings;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Upgrades;
import io.planeproxy.server.settings.UpstreamUrl;
import io.planeproxy.server.settings.WebSocketOrigins;
import java.util.List;
import java.util.Set;

/** What the routes of some settings mean in terms of the engine. */
final class Routing {
    private final Settings settings;
    private final Traces traces;

    Routing(Settings settings, Traces traces) {
        this.settings = settings;
        this.traces = traces;
    }

    /** Each once, in the order of the routes. */
    List<Upstream> upstreams() {
        return settings.routes().stream()
                .map(route -> upstream(route.upstream().value()))
                .distinct()
                .toList();
    }

    Router router() {
        List<Route> others = settings.routes().stream()
                .filter(route -> !route.equals(settings.defaultRoute()))
                .map(this::route)
                .toList();
        return new Traced(new RouteTable(others, route(settings.defaultRoute())), traces);
    }

    private Route route(RouteSettings route) {
        return new Route(
                new PathPrefix(route.path().text()),
                upstream(route.upstream().value()),
                bodyLimit(route.maxBody()),
                upgrades(route.upgrades()),
                route.replyTimeout(),
                rules(route.access()),
                origins(route.origins()),
                hold());
    }

    private Hold hold() {
        return new Hold(
                settings.webSockets().hold().asOptional(),
                settings.timeouts().hold().asOptional(),
                settings.webSockets().holdClients());
    }

    private static Upstream upstream(UpstreamUrl url) {
        Scheme scheme = switch (url.scheme()) {
            case HTTP -> Scheme.HTTP;
            case HTTPS -> Scheme.HTTPS;
        };
        return new Upstream(scheme, url.host(), url.port().number());
    }

    private static io.planeproxy.core.route.BodyLimit bodyLimit(BodyLimit limit) {
        return switch (limit) {
            case BodyLimit.Limited(var size) -> new io.planeproxy.core.route.BodyLimit.Bytes(size.bytes());
            case BodyLimit.Unlimited() -> io.planeproxy.core.route.BodyLimit.UNLIMITED;
        };
    }

    private static io.planeproxy.core.route.Upgrades upgrades(Upgrades upgrades) {
        return switch (upgrades) {
            case Upgrades.Any() -> io.planeproxy.core.route.Upgrades.ANY;
            case Upgrades.Only(Set<String> protocols) -> new io.planeproxy.core.route.Upgrades.Only(protocols);
        };
    }

    private static Origins origins(WebSocketOrigins origins) {
        return switch (origins) {
            case WebSocketOrigins.Any() -> Origins.ANY;
            case WebSocketOrigins.Same() -> Origins.SAME;
            case WebSocketOrigins.Listed(Set<String> listed) -> new Origins.Listed(listed);
        };
    }

    static AddressRules rules(Access access) {
        return new AddressRules(ranges(access.allow()), ranges(access.deny()));
    }

    static TrustedProxies networks(List<Cidr> ranges) {
        return new TrustedProxies(ranges(ranges));
    }

    private static List<io.planeproxy.core.forward.Cidr> ranges(List<Cidr> ranges) {
        return ranges.stream().map(Routing::range).toList();
    }

    private static io.planeproxy.core.forward.Cidr range(Cidr range) {
        return io.planeproxy.core.forward.Cidr.parse(range.toString())
                .orElseThrow(() -> new IllegalStateException(range + "; expected a range of addresses"));
    }
}
