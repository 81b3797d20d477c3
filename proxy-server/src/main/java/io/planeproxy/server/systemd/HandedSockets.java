package io.planeproxy.server.systemd;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.netty.util.NetUtil;
import io.planeproxy.core.engine.InheritedSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The listening sockets that systemd holds for the program, so that a restart refuses no connection. */
public final class HandedSockets {
    private final List<Handed> sockets;
    private final List<String> complaints;

    /**
     * A descriptor that is a listening socket.
     *
     * @param name what systemd calls it
     * @param bound where it listens
     */
    record Handed(int number, String name, InetSocketAddress bound) {
        /** Whether the system refuses to open the listener beside it. */
        boolean isInTheWayOf(InetSocketAddress listener) {
            return bound.getPort() == listener.getPort()
                    && (bound.getAddress().equals(listener.getAddress())
                            || bound.getAddress().isAnyLocalAddress()
                            || listener.getAddress().isAnyLocalAddress());
        }

        /** As an operator finds it; a socket may have another name than its unit. */
        String unit() {
            return name.endsWith(".socket") ? name : "the socket unit";
        }

        /** Every address of the machine is the same, whether written for IPv4 or for both. */
        boolean isFor(InetSocketAddress listener) {
            return bound.getPort() == listener.getPort()
                    && (bound.getAddress().equals(listener.getAddress())
                            || (bound.getAddress().isAnyLocalAddress()
                                    && listener.getAddress().isAnyLocalAddress()));
        }
    }

    HandedSockets(List<Handed> sockets, List<String> complaints) {
        this.sockets = List.copyOf(sockets);
        this.complaints = List.copyOf(complaints);
    }

    /** For a process that systemd did not start. */
    public static HandedSockets none() {
        return new HandedSockets(List.of(), List.of());
    }

    /** Those of this process; none where systemd hands over nothing. */
    public static HandedSockets of(Map<String, String> environment, long ownPid) {
        HandedDescriptors handed = HandedDescriptors.of(environment, ownPid);
        List<String> complaints = new ArrayList<>(handed.complaints());
        if (!handed.descriptors().isEmpty() && !Epoll.isAvailable()) {
            complaints.add("systemd hands over sockets, and Netty's epoll, which can take them, does not load here: "
                    + Epoll.unavailabilityCause().getMessage() + "; expected it on Linux for x86-64 and arm64; disable"
                    + " plane-proxy.socket, so that the program can open the ports itself");
            return new HandedSockets(List.of(), complaints);
        }
        List<Handed> sockets = new ArrayList<>();
        for (HandedDescriptors.Descriptor descriptor : handed.descriptors()) {
            try {
                // Only a socket that listens passes this.
                InheritedSockets.ofDescriptors(List.of(descriptor.number()));
                sockets.add(new Handed(
                        descriptor.number(), descriptor.name(), new Socket(descriptor.number()).localAddress()));
            } catch (IOException unfit) {
                complaints.add("systemd hands over " + descriptor.name() + ": " + unfit.getMessage());
            }
        }
        return new HandedSockets(sockets, complaints);
    }

    /** For the engine. */
    public InheritedSockets inherited() {
        try {
            return InheritedSockets.lent(sockets.stream().map(Handed::number).toList());
        } catch (IOException gone) {
            throw new IllegalStateException("a socket of systemd that was there a moment ago", gone);
        }
    }

    /** The good news, in a line; nothing where there are no sockets. */
    public Optional<String> description() {
        return sockets.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        sockets.stream().map(socket -> text(socket.bound())).collect(Collectors.joining(", "))
                                + ": sockets of systemd, so that a restart refuses no connection there");
    }

    /** What systemd handed over that cannot be used, one line each. */
    public List<String> complaints() {
        return complaints;
    }

    /**
     * Where sockets and listeners do not match: sockets that no listener wants, and listeners for which there is none although
     * there are some for others. One line each, for the operator.
     *
     * @param listeners where the configuration has them
     */
    public List<String> mismatches(List<InetSocketAddress> listeners) {
        List<String> lines = new ArrayList<>();
        sockets.stream()
                .filter(socket -> listeners.stream().noneMatch(socket::isFor))
                .forEach(socket -> lines.add("systemd holds a socket at " + text(socket.bound()) + " (" + socket.name()
                        + "), and no listener is there; expected each ListenStream= of the socket unit to be the address"
                        + " and port of a listener; whoever connects there waits for nothing; add the listener, or take"
                        + " it out of the unit"));
        if (!sockets.isEmpty()) {
            listeners.stream()
                    .filter(listener -> forListener(listener).isEmpty())
                    .forEach(listener -> lines.add("systemd holds no socket for the listener at " + text(listener)
                            + "; the program opened it itself, so that a restart refuses connections there for a moment;"
                            + " add ListenStream=" + listenStream(listener) + " to the socket unit"));
        }
        return lines;
    }

    /**
     * What to say of a listener that cannot be opened beside a socket of systemd.
     *
     * @param seen what is in the way
     */
    public record InTheWay(String seen, String expected, String advice) {}

    /** The socket that keeps a listener from being opened, where it is one of these: not even the program itself may close it. */
    public Optional<InTheWay> inTheWayOf(InetSocketAddress listener) {
        return sockets.stream()
                .filter(socket -> socket.isInTheWayOf(listener))
                .findFirst()
                .map(socket -> new InTheWay(
                        "systemd holds a socket at " + text(socket.bound()) + " (" + socket.name()
                                + ") and has handed it to this program; the two overlap",
                        "each ListenStream= of the socket unit to be the address and port of a listener",
                        "write ListenStream=" + listenStream(listener) + " in place of "
                                + listenStream(socket.bound()) + " into " + socket.unit()
                                + ", stop the service, restart the socket unit and start the service again; or let the"
                                + " listener stay at " + text(socket.bound())));
    }

    /** As a socket unit has it: systemd.socket(5). */
    private static String listenStream(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress()
                ? String.valueOf(address.getPort())
                : NetUtil.toSocketAddressString(address);
    }

    private Optional<Handed> forListener(InetSocketAddress listener) {
        return sockets.stream().filter(socket -> socket.isFor(listener)).findFirst();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress()
                ? "*:" + address.getPort()
                : NetUtil.toSocketAddressString(address);
    }
}
