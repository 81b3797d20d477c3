package io.planeproxy.server.nginx;

import java.util.List;
import java.util.Optional;

/**
 * A location of a server.
 *
 * @param target where its requests go, where that can be carried over
 */
record Location(Block block, Match match, Optional<Target.To> target) {

    static List<Location> of(Block server) {
        return server.all(Block.Kind.LOCATION).stream().map(Location::from).toList();
    }

    private static Location from(Block block) {
        Optional<Target.To> target = block.own("proxy_pass").stream()
                .map(directive -> ProxyPass.target(directive, block))
                .filter(Target.To.class::isInstance)
                .map(Target.To.class::cast)
                .findFirst();
        return new Location(block, Match.of(block.opening().orElseThrow()), target);
    }

    /** Whether a block of a location is the one that every path of its server falls into at last. */
    static boolean isForEverything(Block block) {
        return block.outer().filter(outer -> outer.kind() == Block.Kind.SERVER).isPresent()
                && block.opening()
                        .map(Match::of)
                        .filter(new Match.Prefixes(List.of("/"))::equals)
                        .isPresent();
    }

    boolean isForEverything() {
        return isForEverything(block);
    }

    Directive directive() {
        return block.opening().orElseThrow();
    }
}
