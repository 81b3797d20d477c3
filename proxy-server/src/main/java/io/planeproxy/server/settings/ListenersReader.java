package io.planeproxy.server.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code listeners}, and finds listeners that cannot stand beside each other. */
final class ListenersReader {
    private static final String KEY = "listeners";
    private static final String REDIRECT = "redirect-to-https";
    private static final String REDIRECT_PORT = "redirect-port";

    private ListenersReader() {}

    static Field<List<ListenerSettings>> read(Section root) {
        List<Section> sections = root.sections(KEY);
        if (sections.isEmpty() && root.given(KEY)) {
            root.problem(KEY, "no listener", "at least one", "write for example listeners = [ { port = 80 } ]");
        }
        Optional<Port> tlsPort = firstTlsPort(sections);
        List<Field<ListenerSettings>> listeners =
                sections.stream().map(section -> listener(section, tlsPort)).toList();
        Field<List<ListenerSettings>> all =
                Field.whole(() -> listeners.stream().map(Field::value).toList());
        reportCollisions(listeners, sections);
        return all;
    }

    private static Optional<Port> firstTlsPort(List<Section> sections) {
        return sections.stream()
                .filter(section -> section.given("tls"))
                .findFirst()
                .map(section -> section.located("port", Port::parseForListener, "") instanceof Field.Found<Located<Port>>(var port)
                        ? port.value()
                        : Port.HTTPS);
    }

    private static Field<ListenerSettings> listener(Section section, Optional<Port> tlsPort) {
        Field<ListenAddress.Host> host = section.value("address", ListenAddress::parseHost);
        Field<Located<Port>> port = section.located("port", Port::parseForListener, "write for example port = 80");
        Field<Located<ListenAddress>> address = Field.whole(() -> {
            Located<Port> number = port.value();
            return new Located<>(new ListenAddress(host.value(), number.value()), number.where(), number.key());
        });
        Field<Boolean> redirects = section.value(REDIRECT, Switches::parse);
        Optional<Field<Located<Port>>> redirectPort = section.optional(REDIRECT_PORT, Port::parse);
        Field<TlsSettings> tls = IdentitiesReader.read(section);
        boolean secure = section.given("tls");
        boolean redirecting = redirects.equals(new Field.Found<>(true));
        if (redirecting && secure) {
            section.problem(REDIRECT, "true beside tls", "one of the two", "let a listener on another port, such as 80, redirect to this one");
        } else if (redirecting && redirectPort.isEmpty() && tlsPort.isEmpty()) {
            section.problem(
                    REDIRECT,
                    "true, and no listener has tls",
                    "a listener to redirect to",
                    "add one with tls, or say with " + REDIRECT_PORT + " where https is served");
        } else if (!redirecting && redirectPort.isPresent()) {
            section.problem(REDIRECT_PORT, "a port without a redirect", REDIRECT + " = true beside it", "add that, or leave the port out");
        }
        return section.whole(() -> {
            if (secure) {
                return new ListenerSettings.Secure(address.value(), tls.value());
            }
            if (redirects.value()) {
                Port target = redirectPort.map(field -> field.value().value()).or(() -> tlsPort).orElseThrow(Field.Incomplete::new);
                return new ListenerSettings.RedirectToHttps(address.value(), target);
            }
            return new ListenerSettings.Plain(address.value());
        });
    }

    private static void reportCollisions(List<Field<ListenerSettings>> listeners, List<Section> sections) {
        List<Located<ListenAddress>> earlier = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            if (listeners.get(i) instanceof Field.Found<ListenerSettings>(ListenerSettings listener)) {
                Located<ListenAddress> address = listener.address();
                Section section = sections.get(i);
                earlier.stream()
                        .filter(other -> other.value().collidesWith(address.value()))
                        .findFirst()
                        .ifPresent(other -> section.problem(
                                "port",
                                address.value() + " is taken by the listener at " + other.where().text(),
                                "each address and port once",
                                "give this listener another port, or remove one of the two"));
                earlier.add(address);
            }
        }
    }
}
