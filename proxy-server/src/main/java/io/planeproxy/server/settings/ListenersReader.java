package io.planeproxy.server.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code listeners}, and finds listeners that cannot stand beside each other. */
final class ListenersReader {
    private static final String KEY = "listeners";
    private static final String PORT = "port";
    private static final String TLS = "tls";
    private static final String REDIRECT = "redirect-to-https";
    private static final String REDIRECT_PORT = "redirect-port";

    /** The port of the first listener with TLS, to which the others redirect. */
    private final Optional<Port> tlsPort;

    /** Whom a listener serves that does not say it. */
    private final Field<Access> access;

    private final List<Located<ListenAddress>> taken = new ArrayList<>();

    private ListenersReader(Optional<Port> tlsPort, Field<Access> access) {
        this.tlsPort = tlsPort;
        this.access = access;
    }

    static Field<List<ListenerSettings>> read(Section root, Field<Access> access) {
        List<Section> sections = root.sections(KEY);
        if (sections.isEmpty() && root.isEmptyList(KEY)) {
            root.problem(KEY, "no listener", "at least one", "write for example listeners = [ { port = 80 } ]");
        }
        ListenersReader reader = new ListenersReader(firstTlsPort(sections), access);
        List<Field<ListenerSettings>> listeners =
                sections.stream().map(reader::listener).toList();
        return Field.whole(() -> listeners.stream().map(Field::value).toList());
    }

    /** Those that are named in full, of whatever listener. */
    static List<IdentitySettings> identities(Section root) {
        return root.sections(KEY).stream()
                .flatMap(listener -> IdentitiesReader.named(listener).stream())
                .toList();
    }

    private static Optional<Port> firstTlsPort(List<Section> sections) {
        return sections.stream()
                .filter(section -> section.given(TLS))
                .findFirst()
                .map(section -> port(section) instanceof Field.Found<Located<Port>>(Located<Port> port)
                        ? port.value()
                        : Port.HTTPS);
    }

    private Field<ListenerSettings> listener(Section section) {
        Field<Located<ListenAddress>> address = address(section);
        Field<Boolean> redirects = section.value(REDIRECT, Switches::parse);
        Optional<Field<Located<Port>>> redirectPort = section.optional(REDIRECT_PORT, Port::parse);
        Field<TlsSettings> tls = IdentitiesReader.read(section);
        Field<ListenerSettings.Entrance> entrance = entrance(section, address);
        if (redirects instanceof Field.Found<Boolean>(Boolean redirecting)) {
            if (redirecting) {
                checkRedirect(section, redirectPort);
            } else if (redirectPort.isPresent()) {
                String expected = REDIRECT + " = true beside it";
                section.problem(
                        REDIRECT_PORT, "a port without a redirect", expected, "add that, or leave the port out");
            }
        }
        return section.whole(() -> {
            if (section.given(TLS)) {
                return new ListenerSettings.Secure(entrance.value(), tls.value());
            }
            if (redirects.value()) {
                Optional<Port> own = redirectPort.map(field -> field.value().value());
                return new ListenerSettings.RedirectToHttps(
                        entrance.value(), own.or(() -> tlsPort).orElseThrow(Field.Incomplete::new));
            }
            return new ListenerSettings.Plain(entrance.value());
        });
    }

    private Field<ListenerSettings.Entrance> entrance(Section section, Field<Located<ListenAddress>> address) {
        Field<Access> own = Access.read(section, access);
        Field<ProxyProtocol> proxyProtocol = ProxyProtocol.read(section);
        return Field.whole(() -> new ListenerSettings.Entrance(address.value(), own.value(), proxyProtocol.value()));
    }

    private Field<Located<ListenAddress>> address(Section section) {
        Field<ListenAddress.Host> host = section.value("address", ListenAddress::parseHost);
        Field<Located<Port>> port = port(section);
        Field<Located<ListenAddress>> address = Field.whole(() -> {
            Located<Port> number = port.value();
            return new Located<>(new ListenAddress(host.value(), number.value()), number.where(), number.key());
        });
        if (address instanceof Field.Found<Located<ListenAddress>>(Located<ListenAddress> found)) {
            checkCollision(section, found);
            taken.add(found);
        }
        return address;
    }

    private static Field<Located<Port>> port(Section section) {
        return section.required(PORT, Port::parseForListener, "write for example port = 80");
    }

    private void checkCollision(Section section, Located<ListenAddress> address) {
        taken.stream()
                .filter(other -> other.value().collidesWith(address.value()))
                .findFirst()
                .ifPresent(other -> section.problem(
                        PORT,
                        address.value() + " is taken by " + other.value() + " at "
                                + other.where().text(),
                        "each address and port once",
                        "give this listener another port, or remove one of the two"));
    }

    private void checkRedirect(Section section, Optional<Field<Located<Port>>> redirectPort) {
        if (section.given(TLS)) {
            section.problem(
                    REDIRECT,
                    "true beside tls",
                    "one of the two",
                    "let a listener on another port, such as 80, redirect to this one");
        } else if (redirectPort.isEmpty() && tlsPort.isEmpty()) {
            section.problem(
                    REDIRECT,
                    "true, and no listener has tls",
                    "a listener to redirect to",
                    "add one with tls, or say with " + REDIRECT_PORT + " at which port clients find https");
        }
    }
}
