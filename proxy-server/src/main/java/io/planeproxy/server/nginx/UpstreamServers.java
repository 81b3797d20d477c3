package io.planeproxy.server.nginx;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers of an upstream block. */
final class UpstreamServers {
    private UpstreamServers() {}

    /** Those that take requests, those that only stand by last. */
    static List<Directive> usable(Block upstream) {
        List<Directive> up = upstream.own("server").stream()
                .filter(server -> !server.arguments().contains("down"))
                .toList();
        return Stream.concat(
                        up.stream().filter(server -> !standsBy(server)),
                        up.stream().filter(UpstreamServers::standsBy))
                .toList();
    }

    /** The address behind the name of an upstream block, where there is a block of that name. */
    static Optional<String> address(Block whole, String name) {
        return whole.all(Block.Kind.UPSTREAM).stream()
                .filter(block -> block.opening()
                        .flatMap(Directive::first)
                        .filter(name::equals)
                        .isPresent())
                .findFirst()
                .flatMap(block -> usable(block).stream().findFirst())
                .flatMap(Directive::first)
                .map(address -> address.matches(".*:\\d+") ? address : address + ":80");
    }

    private static boolean standsBy(Directive server) {
        return server.arguments().contains("backup");
    }
}
