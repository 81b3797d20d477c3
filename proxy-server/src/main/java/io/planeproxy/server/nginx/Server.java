package io.planeproxy.server.nginx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server block. */
record Server(Block block, List<Listen> listens, List<Location> locations) {

    static Server of(Block block) {
        return new Server(block, Listens.of(block), Location.of(block));
    }

    /** The location for everything that no other takes, where it passes requests on. */
    Optional<Location> root() {
        return locations.stream()
                .filter(Location::isForEverything)
                .filter(location -> location.target().isPresent())
                .findFirst();
    }

    boolean passesOn() {
        return locations.stream().anyMatch(location -> location.target().isPresent());
    }

    boolean speaksTls() {
        return listens.stream().anyMatch(listen -> listen.security() == Listen.Security.TLS);
    }

    boolean hasName(String name) {
        return names().stream().anyMatch(name::equalsIgnoreCase);
    }

    List<String> names() {
        return block.own("server_name").stream()
                .flatMap(directive -> directive.arguments().stream())
                .toList();
    }

    /** Which path goes where: what makes two servers the same site. */
    Map<Match, String> paths() {
        Map<Match, String> paths = new LinkedHashMap<>();
        for (Location location : locations) {
            location.target().ifPresent(target -> paths.put(location.match(), target.url()));
        }
        return paths;
    }

    /** As messages name it. */
    String described() {
        String place = block.opening().orElseThrow().where().text();
        return names().isEmpty()
                ? "the server at " + place
                : "the server " + String.join(" ", names()) + " at " + place;
    }

    Directive directive() {
        return block.opening().orElseThrow();
    }
}
