package io.planeproxy.server.settings;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where a listener waits for clients. */
public record ListenAddress(Host host, Port port) {

    /** The addresses of this machine that a listener serves. */
    public sealed interface Host {

        /** Every address, IPv4 and IPv6. */
        record All() implements Host {}

        /** One address of this machine. */
        record One(InetAddress address) implements Host {}
    }

    static Host parseHost(String text) throws Unreadable {
        String name = text.strip();
        if (name.equals("*")) {
            return new Host.All();
        }
        String literal = name.equalsIgnoreCase("localhost") ? "127.0.0.1" : name;
        InetAddress address = IpLiteral.of(literal)
                .orElseThrow(() -> new Unreadable(
                        "an IP address of this machine",
                        "write for example 127.0.0.1, \"[::1]\", or \"*\" for all addresses"));
        return new Host.One(address);
    }

    /** For binding a socket. */
    public InetSocketAddress socketAddress() {
        return switch (host) {
            case Host.All() -> new InetSocketAddress(port.number());
            case Host.One(InetAddress address) -> new InetSocketAddress(address, port.number());
        };
    }

    /** Of the addresses that the listener has, the one that this machine surely can reach. */
    public InetSocketAddress fromHere() {
        InetAddress reachable = switch (host) {
            case Host.All() -> InetAddress.ofLiteral("127.0.0.1");
            case Host.One(InetAddress address) -> address.isAnyLocalAddress() ? loopback(address) : address;
        };
        return new InetSocketAddress(reachable, port.number());
    }

    private static InetAddress loopback(InetAddress family) {
        return InetAddress.ofLiteral(family instanceof Inet4Address ? "127.0.0.1" : "::1");
    }

    /** Whether the system would refuse to give both to one program: same port, and the same address or one that covers the other. */
    boolean collidesWith(ListenAddress other) {
        return port.equals(other.port)
                && !port.isAnyFree()
                && (host.equals(other.host) || coversAll() || other.coversAll());
    }

    private boolean coversAll() {
        return switch (host) {
            case Host.All() -> true;
            case Host.One(InetAddress address) -> address.isAnyLocalAddress();
        };
    }

    /** As the command line takes it: {@code *:80}, {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
    @Override
    public String toString() {
        return switch (host) {
            case Host.All() -> "*:" + port;
            case Host.One(InetAddress address) -> IpLiteral.text(address) + ":" + port;
        };
    }
}
