package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Door.Identity;
import io.planeproxy.server.nginx.Door.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The listeners of a site, put together from the listens of its servers. */
final class Doors {
    private final List<Door> doors = new ArrayList<>();
    private final Map<Directive, String> lost = new IdentityHashMap<>();

    private Doors() {}

    static Doors of(Site site) {
        Doors doors = new Doors();
        for (Server server : site.servers()) {
            switch (site.roleOf(server.block())) {
                case Role.Everything(), Role.Same _ ->
                    server.listens().forEach(listen -> doors.serving(listen, server));
                case Role.Redirecting() -> server.listens().forEach(listen -> doors.redirecting(listen, server));
                case Role.Route _, Role.Needless _, Role.OtherSite _, Role.Lost _ -> {}
            }
        }
        return doors;
    }

    private void serving(Listen listen, Server server) {
        Optional<Purpose> purpose = switch (listen.security()) {
            case TLS -> identity(server.block()).map(identity -> new Purpose.Tls(List.of(identity)));
            case PLAIN ->
                Optional.of(Redirects.ofPlain(server.block())
                        .<Purpose>map(redirect -> new Purpose.Redirect(redirect.port()))
                        .orElseGet(Purpose.Plain::new));
        };
        purpose.ifPresentOrElse(
                found -> add(listen, found, server),
                () -> lost.put(listen.directive(), "tls needs ssl_certificate and ssl_certificate_key, each a file"));
    }

    private void redirecting(Listen listen, Server server) {
        switch (listen.security()) {
            case TLS -> lost.put(listen.directive(), "https is not redirected to another name; it is served");
            case PLAIN ->
                Redirects.whole(server.block())
                        .or(() -> Redirects.ofPlain(server.block()))
                        .ifPresent(redirect -> add(listen, new Purpose.Redirect(redirect.port()), server));
        }
    }

    private void add(Listen listen, Purpose purpose, Server server) {
        List<String> senders = listen.header() == Listen.Header.PROXY ? Listens.senders(server.block()) : List.of();
        Door door = new Door(listen, purpose, senders);
        for (int i = 0; i < doors.size(); i++) {
            Door other = doors.get(i);
            if (other.covers(door) || door.covers(other)) {
                if (other.agreesWith(door)) {
                    doors.set(i, other.covers(door) ? other.with(door) : door.with(other));
                } else {
                    lost.put(
                            listen.directive(),
                            "the listener for line "
                                    + other.listen().directive().where().line()
                                    + " is there already and does something else; names make no difference");
                }
                return;
            }
        }
        doors.add(door);
    }

    private static Optional<Identity> identity(Block server) {
        List<String> lines = new ArrayList<>();
        Optional<Directive> certificate = file(server, "ssl_certificate");
        Optional<Directive> key = file(server, "ssl_certificate_key");
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        lines.add("certificate = " + quoted(server, certificate.get()));
        lines.add("key = " + quoted(server, key.get()));
        file(server, "ssl_password_file").ifPresent(found -> lines.add("passphrase-file = " + quoted(server, found)));
        return Optional.of(new Identity(lines));
    }

    private static Optional<Directive> file(Block server, String name) {
        return server.nearest(name).filter(directive -> TlsRules.isFile(directive.value()));
    }

    private static String quoted(Block server, Directive directive) {
        return Value.quoted(server.file(directive.value()).toString());
    }

    /** Why a listen is none of them after all. */
    Optional<String> whyLost(Directive listen) {
        return Optional.ofNullable(lost.get(listen));
    }

    /** The key {@code listeners} with its value; empty where there is none. */
    String text() {
        Optional<Integer> firstTls = doors.stream()
                .filter(door -> door.purpose() instanceof Purpose.Tls)
                .map(door -> door.listen().port())
                .findFirst();
        Door.RedirectPort port =
                asked -> firstTls.filter(found -> found == asked).isPresent() ? "" : ", redirect-port = " + asked;
        return doors.isEmpty()
                ? ""
                : doors.stream()
                        .sorted(Comparator.comparing(door -> !(door.purpose() instanceof Purpose.Tls)))
                        .map(door -> door.text(port))
                        .collect(Collectors.joining("", "\n  listeners = [\n", "  ]\n"));
    }
}
