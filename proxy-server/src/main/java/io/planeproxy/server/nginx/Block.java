package io.planeproxy.server.nginx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The directives between two braces, or the whole configuration, and the blocks among them. */
final class Block {
    private final Kind kind;
    private final Optional<Directive> opening;
    private final Optional<Block> outer;
    private final List<Directive> directives;
    private final Path folder;
    private final Map<Directive, Block> inner = new IdentityHashMap<>();

    /** What a block is for. The names of directives mean something in it alone. */
    enum Kind {
        WHOLE,
        HTTP,
        SERVER,
        LOCATION,
        CONDITION,
        UPSTREAM,
        /** Of nginx's process, such as events: nothing in it concerns clients or Plane. */
        PROCESS,
        OTHER
    }

    private Block(
            Kind kind, Optional<Directive> opening, Optional<Block> outer, List<Directive> directives, Path folder) {
        this.kind = kind;
        this.opening = opening;
        this.outer = outer;
        this.directives = directives;
        this.folder = folder;
        for (Directive directive : directives) {
            boolean isData = Source.BLOCKS_OF_DATA.contains(directive.name());
            directive.body().filter(body -> !isData).ifPresent(body -> inner.put(directive, inside(directive, body)));
        }
    }

    static Block of(Source source) {
        return new Block(Kind.WHOLE, Optional.empty(), Optional.empty(), source.directives(), source.folder());
    }

    private Block inside(Directive directive, List<Directive> body) {
        return new Block(kindOf(directive), Optional.of(directive), Optional.of(this), body, folder);
    }

    private Kind kindOf(Directive directive) {
        boolean takesServers = kind == Kind.WHOLE || kind == Kind.HTTP;
        return switch (directive.name()) {
            case "http" -> Kind.HTTP;
            case "server" -> takesServers ? Kind.SERVER : Kind.OTHER;
            case "location" -> Kind.LOCATION;
            case "if" -> Kind.CONDITION;
            case "upstream" -> takesServers ? Kind.UPSTREAM : Kind.OTHER;
            case "events" -> Kind.PROCESS;
            default -> Kind.OTHER;
        };
    }

    Kind kind() {
        return kind;
    }

    /** The directive that it belongs to; nothing for the whole. */
    Optional<Directive> opening() {
        return opening;
    }

    Optional<Block> outer() {
        return outer;
    }

    /** In the order in which they stand there. */
    List<Directive> directives() {
        return directives;
    }

    Optional<Block> inner(Directive directive) {
        return Optional.ofNullable(inner.get(directive));
    }

    /** The blocks of a kind inside of this one, at whatever depth, in their order. */
    List<Block> all(Kind wanted) {
        List<Block> found = new ArrayList<>();
        for (Directive directive : directives) {
            inner(directive).ifPresent(block -> {
                if (block.kind == wanted) {
                    found.add(block);
                }
                found.addAll(block.all(wanted));
            });
        }
        return found;
    }

    /** This block, the one around it, and so on to the whole. */
    Stream<Block> outwards() {
        return Stream.iterate(Optional.of(this), Optional::isPresent, block -> block.flatMap(Block::outer))
                .flatMap(Optional::stream);
    }

    /** The directives of a name right in this block. */
    List<Directive> own(String name) {
        return directives.stream()
                .filter(directive -> directive.name().equals(name))
                .toList();
    }

    boolean has(String name) {
        return !own(name).isEmpty();
    }

    /** Those that count here: nginx takes all of the nearest block that has any, and none from further out. */
    List<Directive> inForce(String name) {
        return outwards()
                .filter(block -> block.has(name))
                .findFirst()
                .map(block -> block.own(name))
                .orElse(List.of());
    }

    /** The one that counts here. */
    Optional<Directive> nearest(String name) {
        return inForce(name).stream().findFirst();
    }

    /** The whole that this block is a part of. */
    Block whole() {
        return outer.map(Block::whole).orElse(this);
    }

    /** A file as nginx would find it. */
    Path file(String name) {
        return folder.resolve(name).normalize();
    }
}
