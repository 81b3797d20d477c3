package io.planeproxy.server.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code routes}, and at the top level what each of them inherits. */
final class RoutesReader {
    private static final String UPSTREAM = "upstream";
    private static final String UPGRADES = "upgrades";
    private static final String ORIGINS = "origins";
    private static final String ADVICE = "write for example upstream = \"http://10.0.0.5:8080\"";

    private RoutesReader() {}

    static Field<List<RouteSettings>> read(
            Section root, Field<Duration> replyTimeout, Field<WebSocketOrigins> origins) {
        Inherited inherited = new Inherited(
                root.optional(UPSTREAM, UpstreamUrl::parse),
                root.value("max-body", BodyLimit::parse),
                upgrades(root),
                replyTimeout,
                origins);
        List<Section> sections = root.sections("routes");
        Map<RoutePath, Origin> seen = new HashMap<>();
        List<Field<RouteSettings>> routes = new ArrayList<>();
        for (Section section : sections) {
            routes.add(route(section, inherited, seen));
        }
        if (!seen.containsKey(RoutePath.ROOT)) {
            routes.add(defaultRoute(root, inherited));
        }
        return Field.whole(() -> routes.stream().map(Field::value).toList());
    }

    private static Field<RouteSettings> route(Section section, Inherited inherited, Map<RoutePath, Origin> seen) {
        Field<Located<RoutePath>> path =
                section.located("path", RoutePath::parse, "write for example path = \"/live/\"");
        Field<Located<UpstreamUrl>> upstream = section.optional(UPSTREAM, UpstreamUrl::parse)
                .or(inherited::upstream)
                .orElseGet(() -> {
                    section.problem(UPSTREAM, "missing here and at the top level", "", ADVICE);
                    return new Field.Faulty<>();
                });
        Field<BodyLimit> maxBody = own(section.optional("max-body", BodyLimit::parse), inherited.maxBody());
        Field<Upgrades> upgrades = section.given(UPGRADES) ? upgrades(section) : inherited.upgrades();
        section.asked(UPGRADES);
        Field<Duration> reply = own(section.optional("reply-timeout", Durations::parse), inherited.replyTimeout());
        // The rules of the listener hold in any case, so there is nothing to inherit.
        Field<Access> access = Access.read(section, new Field.Found<>(Access.EVERYBODY));
        Field<WebSocketOrigins> origins = section.given(ORIGINS) ? WebSocketOrigins.read(section) : inherited.origins();
        section.asked(ORIGINS);
        if (path instanceof Field.Found<Located<RoutePath>>(Located<RoutePath> found)) {
            Origin earlier = seen.putIfAbsent(found.value(), found.where());
            if (earlier != null) {
                section.problem(
                        "path",
                        "\"" + found.value() + "\" has a route at " + earlier.text(),
                        "each path once",
                        "a slash at the end makes no difference; remove one of the two");
            }
        }
        return section.whole(() -> new RouteSettings(
                path.value().value(),
                upstream.value(),
                maxBody.value(),
                upgrades.value(),
                reply.value(),
                access.value(),
                origins.value()));
    }

    private static Field<RouteSettings> defaultRoute(Section root, Inherited inherited) {
        Field<Located<UpstreamUrl>> upstream = inherited.upstream().orElseGet(() -> {
            reportMissingUpstream(root);
            return new Field.Faulty<>();
        });
        return Field.whole(() -> new RouteSettings(
                RoutePath.ROOT,
                upstream.value(),
                inherited.maxBody().value(),
                inherited.upgrades().value(),
                inherited.replyTimeout().value(),
                Access.EVERYBODY,
                inherited.origins().value()));
    }

    private static void reportMissingUpstream(Section root) {
        switch (root.where()) {
            case Origin.InFile _, Origin.WholeFile _, Origin.BuiltIn _ ->
                root.problem(UPSTREAM, "missing", "the address of Plane", ADVICE);
            case Origin.Nowhere _, Origin.Option _, Origin.Variable _ ->
                root.problem(
                        UPSTREAM,
                        "no upstream",
                        "the address of Plane",
                        "start with for example --upstream http://10.0.0.5:8080 --listen 8080, or set PLANE_PROXY_UPSTREAM,"
                                + " or name a file with --config");
        }
    }

    private static Field<Upgrades> upgrades(Section section) {
        if (section.isWord(UPGRADES, "any")) {
            return new Field.Found<>(new Upgrades.Any());
        }
        Field<List<String>> protocols =
                section.values(UPGRADES, Upgrades::parseProtocol, "any, or a list such as [websocket]");
        return Field.whole(() -> new Upgrades.Only(Set.copyOf(protocols.value())));
    }

    private static <T> Field<T> own(Optional<Field<Located<T>>> own, Field<T> inherited) {
        return own.<Field<T>>map(field -> Field.whole(() -> field.value().value()))
                .orElse(inherited);
    }

    private record Inherited(
            Optional<Field<Located<UpstreamUrl>>> upstream,
            Field<BodyLimit> maxBody,
            Field<Upgrades> upgrades,
            Field<Duration> replyTimeout,
            Field<WebSocketOrigins> origins) {}
}
