package io.planeproxy.server.settings;

import java.net.InetAddress;

/**
 * Where the program takes questions and orders from its operator, with the places of both keys.
 *
 * @param socket the Unix socket, which only its owner may use
 */
public record AdminSettings(Located<Place> socket, Located<Loopback> listen) {
    private static final String EXAMPLE = "write for example \"127.0.0.1:9901\"";

    /** A port of the loopback address, which everybody on this machine may use. */
    public sealed interface Loopback {

        record Off() implements Loopback {
            @Override
            public String toString() {
                return "off";
            }
        }

        record At(InetAddress address, Port port) implements Loopback {
            @Override
            public String toString() {
                return IpLiteral.text(address) + ":" + port;
            }
        }
    }

    static Field<AdminSettings> read(Section section) {
        Field<Located<Place>> socket =
                section.located("socket", Place.of("a socket", "/run/plane-proxy/admin.sock"), "");
        Field<Located<Loopback>> listen = section.located("listen", AdminSettings::loopback, "");
        return section.whole(() -> new AdminSettings(Place.besideItsFile(socket.value()), listen.value()));
    }

    private static Loopback loopback(String text) throws Unreadable {
        String written = text.strip();
        if (written.equalsIgnoreCase("off")) {
            return new Loopback.Off();
        }
        int colon = written.lastIndexOf(':');
        if (colon <= 0) {
            throw new Unreadable("off, or a loopback address and a port", EXAMPLE);
        }
        if (!(ListenAddress.parseHost(written.substring(0, colon))
                        instanceof ListenAddress.Host.One(InetAddress address))
                || !address.isLoopbackAddress()) {
            throw new Unreadable(
                    "a loopback address, since nobody is asked for a password",
                    EXAMPLE + ", and reach it from elsewhere through ssh -L");
        }
        return new Loopback.At(address, Port.parseForListener(written.substring(colon + 1)));
    }
}
