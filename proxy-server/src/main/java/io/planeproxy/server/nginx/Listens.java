package io.planeproxy.server.nginx;

import java.util.List;
import java.util.Optional;

/** The listens of a server. */
final class Listens {
    private Listens() {}

    /** Those that can be carried over, of the server around a block. */
    static List<Listen> of(Block block) {
        return block.outwards()
                .filter(each -> each.kind() == Block.Kind.SERVER)
                .findFirst()
                .map(Listens::ofServer)
                .orElse(List.of());
    }

    private static List<Listen> ofServer(Block server) {
        return server.own("listen").stream()
                .filter(directive -> !Listen.isQuic(directive))
                .flatMap(directive -> Listen.of(directive, server).stream())
                .toList();
    }

    /** The load balancers whose PROXY header is believed. */
    static List<String> senders(Block block) {
        return block.nearest("real_ip_header")
                        .filter(header -> header.is("real_ip_header", "proxy_protocol"))
                        .isPresent()
                ? ranges(block)
                : List.of();
    }

    /** What set_real_ip_from lists, as far as it is addresses. */
    static List<String> ranges(Block block) {
        return block.inForce("set_real_ip_from").stream()
                .flatMap(from -> AddressRange.parse(from.value()).stream())
                .map(AddressRange::toString)
                .distinct()
                .toList();
    }

    static Verdict judge(Directive directive, Block block) {
        if (Listen.isQuic(directive)) {
            return new Verdict.NotNeeded("browsers come over TCP as well; the answers are the same");
        }
        Optional<Listen> listen = Listen.of(directive, block);
        if (listen.isEmpty()) {
            return new Verdict.NotSupported("a listener has an IP address of this machine, or all of them, and a port");
        }
        return switch (listen.get().header()) {
            case NONE -> Verdict.Converted.to("a listener with " + listen.get().place());
            case PROXY -> {
                List<String> senders = senders(block);
                yield senders.isEmpty()
                        ? new Verdict.Partly(
                                List.of(),
                                "a listener with " + listen.get().place(),
                                "proxy-protocol must name the load balancers that send the header, and nothing here does")
                        : Verdict.Converted.to("a listener with " + listen.get().place() + ", proxy-protocol = "
                                + Value.list(senders));
            }
        };
    }
}
