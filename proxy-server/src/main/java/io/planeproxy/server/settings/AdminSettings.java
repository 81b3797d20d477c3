package io.planeproxy.server.settings;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where the program takes questions and orders from its operator, with the places of both keys. */
public record AdminSettings(Located<Socket> socket, Located<Loopback> listen) {
    private static final String EXAMPLE = "write for example \"127.0.0.1:9901\"";

    /** The Unix socket, which only its owner may use. */
    public sealed interface Socket {

        /** Where systemd or the system has a directory for it; none where neither has. */
        record Automatic() implements Socket {
            @Override
            public String toString() {
                return "auto";
            }
        }

        record Off() implements Socket {
            @Override
            public String toString() {
                return "off";
            }
        }

        record At(Path path) implements Socket {
            @Override
            public String toString() {
                return path.toString();
            }
        }
    }

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
        Field<Located<Socket>> socket = section.located("socket", AdminSettings::socket, "");
        Field<Located<Loopback>> listen = section.located("listen", AdminSettings::loopback, "");
        return section.whole(() -> new AdminSettings(besideItsFile(socket.value()), listen.value()));
    }

    private static Socket socket(String text) throws Unreadable {
        if (text.strip().equalsIgnoreCase("auto")) {
            return new Socket.Automatic();
        }
        if (text.strip().equalsIgnoreCase("off")) {
            return new Socket.Off();
        }
        try {
            if (!text.isBlank()) {
                return new Socket.At(Path.of(text));
            }
        } catch (InvalidPathException noPath) {
            // Told below.
        }
        throw new Unreadable("auto, off, or the path of a socket", "write for example \"/run/plane-proxy/admin.sock\"");
    }

    /** A path in a file is relative to the folder of that file. */
    private static Located<Socket> besideItsFile(Located<Socket> socket) {
        return socket.value() instanceof Socket.At(Path path)
                        && socket.where() instanceof Origin.InFile(Path file, int _)
                ? new Located<>(new Socket.At(file.resolveSibling(path)), socket.where(), socket.key())
                : socket;
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
