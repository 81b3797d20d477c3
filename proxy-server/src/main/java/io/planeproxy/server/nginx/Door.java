package io.planeproxy.server.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A listener to be.
 *
 * @param senders whose PROXY header is believed; empty where none is asked for
 */
record Door(Listen listen, Purpose purpose, List<String> senders) {

    Door {
        senders = List.copyOf(senders);
    }

    /** What clients find there. */
    sealed interface Purpose {
        record Plain() implements Purpose {}

        /** @param identities the first is for whoever names no other */
        record Tls(List<Identity> identities) implements Purpose {
            public Tls {
                identities = List.copyOf(identities);
            }
        }

        /** @param port of https as clients see it */
        record Redirect(int port) implements Purpose {}
    }

    /** @param lines what stands in a tls section for it */
    record Identity(List<String> lines) {
        Identity {
            lines = List.copyOf(lines);
        }
    }

    /** Whether one listener can be both, and serve this one's names and the other's. */
    boolean agreesWith(Door other) {
        return purpose.getClass().equals(other.purpose.getClass());
    }

    /** Both in one. */
    Door with(Door other) {
        if (purpose instanceof Purpose.Tls(List<Identity> mine)
                && other.purpose instanceof Purpose.Tls(List<Identity> theirs)) {
            List<Identity> all = new ArrayList<>(mine);
            theirs.stream().filter(identity -> !all.contains(identity)).forEach(all::add);
            return new Door(listen, new Purpose.Tls(all), senders);
        }
        return this;
    }

    boolean covers(Door other) {
        return listen.port() == other.listen.port()
                && (listen.address().equals("*") || listen.address().equals(other.listen.address()));
    }

    /** As it stands in the list of listeners. */
    String text(RedirectPort redirectPort) {
        String proxy = senders.isEmpty() ? "" : ", proxy-protocol = " + Value.list(senders);
        return switch (purpose) {
            case Purpose.Plain() -> "    { " + listen.place() + proxy + " }\n";
            case Purpose.Redirect(int port) ->
                "    { " + listen.place() + ", redirect-to-https = true" + redirectPort.text(port) + proxy + " }\n";
            case Purpose.Tls(List<Identity> identities) ->
                "    {\n      " + listen.place().replace(", ", "\n      ") + "\n      tls {\n"
                        + indented(identities.getFirst(), 8) + sni(identities.subList(1, identities.size()))
                        + "      }\n"
                        + (proxy.isEmpty() ? "" : "      " + proxy.substring(2) + "\n") + "    }\n";
        };
    }

    private static String sni(List<Identity> others) {
        return others.isEmpty()
                ? ""
                : others.stream()
                        .map(identity -> "          {\n" + indented(identity, 12) + "          }\n")
                        .collect(Collectors.joining("", "        sni = [\n", "        ]\n"));
    }

    private static String indented(Identity identity, int by) {
        return identity.lines().stream()
                .map(line -> " ".repeat(by) + line + "\n")
                .collect(Collectors.joining());
    }

    /** How a redirect says where https is: not at all where it is the first listener with TLS. */
    @FunctionalInterface
    interface RedirectPort {
        String text(int port);
    }
}
