package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Match.Exactly;
import io.planeproxy.server.nginx.Match.Expression;
import io.planeproxy.server.nginx.Match.Named;
import io.planeproxy.server.nginx.Match.Prefixes;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which server is the one that is carried over, and what each block amounts to. */
final class Site {
    private final Block whole;
    private final Judgement judgement;
    private final List<Server> servers;
    private final Optional<Server> main;
    private final Optional<String> chosenName;
    private final Map<Block, Role> roles = new IdentityHashMap<>();
    private final Map<String, Location> taken = new LinkedHashMap<>();

    private Site(Block whole, Judgement judgement, Optional<String> chosenName) {
        this.whole = whole;
        this.judgement = judgement;
        this.chosenName = chosenName;
        this.servers = whole.all(Block.Kind.SERVER).stream().map(Server::of).toList();
        this.main = main();
    }

    /** @param name of the server that is wanted, where there are several */
    static Site of(Block whole, Judgement judgement, Optional<String> name) {
        Site site = new Site(whole, judgement, name);
        site.roles.put(whole, new Role.Everything());
        whole.all(Block.Kind.HTTP).forEach(http -> site.roles.put(http, new Role.Everything()));
        site.main.ifPresent(site::assignMain);
        site.servers.forEach(site::assign);
        site.assignUpstreams();
        return site;
    }

    private Optional<Server> main() {
        List<Server> candidates = servers.stream()
                .filter(server -> server.root().isPresent())
                .filter(server -> chosenName.map(server::hasName).orElse(true))
                .toList();
        return candidates.stream()
                .filter(Server::speaksTls)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private void assignMain(Server server) {
        roles.put(server.block(), new Role.Everything());
        // Beginnings of paths first: whether another location makes a difference is seen beside them.
        Stream.concat(
                        server.locations().stream().filter(location -> location.match() instanceof Prefixes),
                        server.locations().stream().filter(location -> !(location.match() instanceof Prefixes)))
                .forEach(location -> roles.put(location.block(), role(server, location)));
    }

    private void assign(Server server) {
        if (roles.containsKey(server.block())) {
            return;
        }
        Role role = role(server);
        roles.put(server.block(), role);
        for (Location location : server.locations()) {
            if (role instanceof Role.Redirecting && !location.isForEverything()) {
                roles.put(location.block(), new Role.Lost(whyNotPassedOn(location)));
            }
        }
    }

    private Role role(Server server) {
        if (main.isPresent()
                && server.passesOn()
                && server.paths().equals(main.get().paths())) {
            return new Role.Same(main.get());
        }
        if (!server.passesOn()
                && (Redirects.whole(server.block()).isPresent()
                        || Redirects.ofPlain(server.block()).isPresent())) {
            return new Role.Redirecting();
        }
        if (chosenName.isPresent() && main.isPresent() && !server.hasName(chosenName.get())) {
            return new Role.OtherSite("of another site than " + chosenName.get());
        }
        if (!server.passesOn()) {
            return new Role.Lost("this server passes nothing on to an upstream; here every name reaches Plane");
        }
        return new Role.Lost(main.map(other -> "another site than " + other.described()
                        + "; this proxy serves one, whatever the name; choose with --server-name")
                .orElse("there is no location / here that passes requests on"));
    }

    private Role role(Server server, Location location) {
        boolean isDeadEnd = location.target().isEmpty() && AccessList.letsNobodyIn(location.block());
        if (location.target().isEmpty() && !isDeadEnd) {
            return new Role.Lost(whyNotPassedOn(location));
        }
        if (location.isForEverything() && !isDeadEnd) {
            server.root().ifPresent(root -> taken.put("/", root));
            return new Role.Everything();
        }
        return switch (location.match()) {
            case Prefixes(List<String> paths) -> route(location, paths);
            case Exactly(String path) ->
                asFor(
                        location,
                        around(path),
                        "only the beginning of a path can be asked for, and not " + path + " alone");
            case Expression(String text) ->
                asFor(
                        location,
                        taken.values().stream().distinct().toList(),
                        "only the beginning of a path can be asked for, and not the expression " + text);
            case Named(String name) ->
                asFor(location, server.root().stream().toList(), name + " is reached by other ways than a path");
        };
    }

    private static String whyNotPassedOn(Location location) {
        if (location.directive().value().contains("/.well-known/acme-challenge")) {
            return "answer the authority's challenge through DNS, or with certbot's standalone while port 80 is free";
        }
        return location.block().has("proxy_pass")
                ? "what it passes requests on to can be no upstream here"
                : "only what is passed on to an upstream can be carried over";
    }

    private Role route(Location location, List<String> paths) {
        for (String path : paths) {
            String tidy = tidy(path);
            Location other = taken.get(tidy);
            if (other != null) {
                return asFor(location, List.of(other), tidy + " with and without a slash behind it is one route");
            }
            if (Value.problem("upstream = \"http://plane\", routes = [ { path = " + Value.quoted(tidy) + " } ]")
                    .isPresent()) {
                return new Role.Lost("a route's path is a slash and whole segments");
            }
        }
        paths.forEach(path -> taken.put(tidy(path), location));
        return new Role.Route(paths.stream().map(Site::tidy).toList());
    }

    /** Needless where all of the others do the same, otherwise lost. */
    private Role asFor(Location location, List<Location> others, String whyLost) {
        boolean isSame = !others.isEmpty() && others.stream().allMatch(other -> doTheSame(location, other));
        return isSame ? new Role.Needless("without it the same is done") : new Role.Lost(whyLost);
    }

    private boolean doTheSame(Location one, Location other) {
        return one.target().equals(other.target()) && ofRoute(one).equals(ofRoute(other));
    }

    private Map<String, String> ofRoute(Location location) {
        return judgement.inForce(location.block()).values().stream()
                .map(Judgement.Set::value)
                .filter(value -> value.reach() == Value.Reach.ROUTE)
                .collect(Collectors.toMap(Value::key, Value::text));
    }

    /** The route that a path would take. */
    private List<Location> around(String path) {
        return taken.entrySet().stream()
                .filter(entry -> entry.getKey().equals("/")
                        || path.equals(entry.getKey())
                        || path.startsWith(entry.getKey() + "/"))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .stream()
                .toList();
    }

    private static String tidy(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private void assignUpstreams() {
        Set<String> used = carriedOver()
                .flatMap(location -> location.block().own("proxy_pass").stream())
                .map(pass -> pass.value().replaceFirst("^https?://", "").replaceFirst("[/$].*", ""))
                .collect(Collectors.toSet());
        for (Block upstream : whole.all(Block.Kind.UPSTREAM)) {
            boolean isUsed = upstream.opening()
                    .flatMap(Directive::first)
                    .filter(used::contains)
                    .isPresent();
            roles.put(
                    upstream,
                    isUsed ? new Role.Everything() : new Role.Needless("nothing that is carried over leads there"));
        }
    }

    /** Of the block itself, or of the next one around it that has one. */
    Role roleOf(Block block) {
        Role own = roles.get(block);
        if (own != null) {
            return own;
        }
        Role outer = block.outer().map(this::roleOf).orElseGet(Role.Everything::new);
        boolean isLost =
                outer instanceof Role.Lost || outer instanceof Role.Needless || outer instanceof Role.OtherSite;
        return switch (block.kind()) {
            case PROCESS -> new Role.Everything();
            case CONDITION ->
                isLost || HttpsRedirect.isCondition(block)
                        ? outer
                        : new Role.Lost("only plain http can be asked for here, to redirect it");
            case OTHER -> isLost ? outer : new Role.Lost("it stands in a block that is not carried over");
            case WHOLE, HTTP, SERVER, LOCATION, UPSTREAM -> outer;
        };
    }

    List<Server> servers() {
        return servers;
    }

    /** The location for everything; none where nothing passes on requests for every path. */
    Optional<Location> root() {
        return main.flatMap(Server::root);
    }

    /** Path by path, without the one for everything. */
    Map<String, Location> routes() {
        Map<String, Location> routes = new LinkedHashMap<>(taken);
        routes.remove("/");
        return routes;
    }

    /** The location for everything and those of the routes. */
    Stream<Location> carriedOver() {
        return Stream.concat(root().stream(), routes().values().stream()).distinct();
    }

    Judgement judgement() {
        return judgement;
    }
}
