package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Verdict.Converted;
import io.planeproxy.server.nginx.Verdict.NotNeeded;
import io.planeproxy.server.nginx.Verdict.NotSupported;
import io.planeproxy.server.nginx.Verdict.Partly;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The last word on each directive: what the table says of it, where its block is carried over. */
final class Settlement {
    private static final String ONLY_REDIRECTS = "this server only redirects";

    private final Site site;
    private final Doors doors;
    private final List<Finding> findings = new ArrayList<>();

    private Settlement(Site site, Doors doors) {
        this.site = site;
        this.doors = doors;
    }

    /** One finding for each directive, in the order in which nginx reads them. */
    static List<Finding> of(Block whole, Site site, Doors doors) {
        Settlement settlement = new Settlement(site, doors);
        settlement.settle(whole);
        return settlement.findings;
    }

    private void settle(Block block) {
        for (Directive directive : block.directives()) {
            findings.add(new Finding(directive, verdict(directive, block)));
            block.inner(directive).ifPresent(this::settle);
        }
    }

    private Verdict verdict(Directive directive, Block block) {
        Optional<Block> inner = block.inner(directive);
        if (inner.filter(opened -> opened.kind() == Block.Kind.SERVER).isPresent()) {
            return server(site.roleOf(inner.orElseThrow()));
        }
        if (inner.filter(opened -> opened.kind() == Block.Kind.LOCATION).isPresent()) {
            return location(inner.orElseThrow());
        }
        Verdict table = site.judgement().of(directive);
        if (directive.name().equals("include")) {
            return table;
        }
        return doors.whyLost(directive)
                .<Verdict>map(NotSupported::new)
                .orElseGet(() -> within(site.roleOf(block), table, directive, block));
    }

    private static Verdict server(Role role) {
        return switch (role) {
            case Role.Everything(), Role.Route _ -> Converted.to("this configuration");
            case Role.Same(Server main) -> Converted.to("this configuration, as " + main.described());
            case Role.Redirecting() -> Converted.to("redirect-to-https = true");
            case Role.Needless(String why) -> new NotNeeded(why);
            case Role.OtherSite(String why) -> new NotNeeded(why);
            case Role.Lost(String why) -> new NotSupported(why);
        };
    }

    private Verdict location(Block location) {
        return switch (site.roleOf(location)) {
            case Role.Everything() -> Converted.to("the upstream for every path that no route is for");
            case Role.Route(List<String> paths) ->
                Converted.to("a route for " + String.join(" and ", paths) + " and what is below");
            case Role.Same(Server main) -> Converted.to("the same as in " + main.described());
            case Role.Redirecting() -> Converted.to("redirect-to-https = true");
            case Role.Needless(String why) -> new NotNeeded(why);
            case Role.OtherSite(String why) -> new NotNeeded(why);
            case Role.Lost(String why) -> new NotSupported(why);
        };
    }

    private Verdict within(Role role, Verdict table, Directive directive, Block block) {
        return switch (role) {
            case Role.Everything() -> inUse(table, block);
            case Role.Route(List<String> paths) -> forOnePath(table, paths);
            case Role.Same(Server main) -> asIn(main, table);
            case Role.Redirecting() -> redirecting(table, directive);
            case Role.Needless(String why) -> carriedOver(table) ? new NotNeeded(why) : table;
            case Role.OtherSite(String why) -> new NotNeeded(why);
            case Role.Lost _ ->
                carriedOver(table) ? new NotSupported("the block that it stands in is not carried over") : table;
        };
    }

    private static boolean carriedOver(Verdict verdict) {
        return switch (verdict) {
            case Converted _, Partly _ -> true;
            case NotNeeded _, NotSupported _ -> false;
        };
    }

    private static Verdict redirecting(Verdict table, Directive directive) {
        boolean isOfTheRedirect = switch (directive.name()) {
            case "listen", "return", "rewrite", "if" -> true;
            default -> false;
        };
        return carriedOver(table) && !isOfTheRedirect ? new NotNeeded(ONLY_REDIRECTS) : table;
    }

    /** A value counts where no block further in says otherwise. */
    private Verdict inUse(Verdict table, Block block) {
        boolean counts = table.given().isEmpty()
                || table.given().stream()
                        .anyMatch(value -> readers(value).anyMatch(location -> from(location, value, block)));
        if (counts || site.root().isEmpty()) {
            return table;
        }
        return table.given().stream().anyMatch(value -> isSetBefore(value, block))
                ? new NotSupported("a line further up gives the same key another value")
                : new NotNeeded("other lines say otherwise wherever it would count");
    }

    private boolean isSetBefore(Value value, Block block) {
        Judgement.Set set = site.judgement().inForce(block).get(value.key());
        return set != null && set.by() == block && !set.value().equals(value);
    }

    private Stream<Location> readers(Value value) {
        return switch (value.reach()) {
            case ROUTE -> site.carriedOver();
            case WHOLE -> value.key().equals(Draft.TUNNEL_IDLE) ? site.carriedOver() : site.root().stream();
        };
    }

    private boolean from(Location location, Value value, Block block) {
        if (value.key().equals("upstream")) {
            return location.block() == block;
        }
        Judgement.Set set = site.judgement().inForce(location.block()).get(value.key());
        return set != null && set.by() == block && set.value().equals(value);
    }

    private Verdict forOnePath(Verdict verdict, List<String> paths) {
        boolean differs = verdict.given().stream()
                .filter(value -> value.reach() == Value.Reach.WHOLE)
                .filter(value -> !value.key().equals(Draft.TUNNEL_IDLE))
                .anyMatch(value -> !isAtTheTop(value));
        return differs
                ? new NotSupported("holds for everything here, and not for " + String.join(" and ", paths) + " alone")
                : verdict;
    }

    private boolean isAtTheTop(Value value) {
        return site.root()
                .map(root -> site.judgement().inForce(root.block()).get(value.key()))
                .map(Judgement.Set::value)
                .filter(value::equals)
                .isPresent();
    }

    private Verdict asIn(Server main, Verdict table) {
        boolean differs = table.given().stream()
                .filter(value -> !value.key().equals("upstream"))
                .anyMatch(value -> main.locations().stream()
                        .map(location -> site.judgement().inForce(location.block()))
                        .map(values -> values.get(value.key()))
                        .filter(Objects::nonNull)
                        .map(Judgement.Set::value)
                        .noneMatch(value::equals));
        return differs
                ? new NotSupported(main.described() + " says otherwise, and there is one configuration for all names")
                : table;
    }
}
