package io.planeproxy.core.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sockets that listen already when the engine comes to them: opened by systemd, or handed over by the process before this one.
 * A connection that waits in the queue of such a socket is served, whoever had it before. Linux only.
 */
public final class InheritedSockets {
    private final Map<Place, List<ListeningDescriptor>> left = new LinkedHashMap<>();

    private InheritedSockets() {}

    /**
     * The sockets of one listener.
     *
     * @param asked where the listener is asked to be, which may be port 0
     * @param descriptors at least one; all of the same address and port
     */
    public record OfListener(InetSocketAddress asked, List<Integer> descriptors) {
        public OfListener {
            descriptors = List.copyOf(descriptors);
        }
    }

    public static InheritedSockets none() {
        return new InheritedSockets();
    }

    /** @throws IOException if a descriptor is not a TCP socket that listens; then none of them has been touched */
    public static InheritedSockets of(List<OfListener> listeners) throws IOException {
        InheritedSockets inherited = new InheritedSockets();
        List<Place> places = Place.of(listeners.stream().map(OfListener::asked).toList());
        for (int i = 0; i < places.size(); i++) {
            List<ListeningDescriptor> sockets = new ArrayList<>();
            for (int descriptor : listeners.get(i).descriptors()) {
                sockets.add(ListeningDescriptor.of(descriptor));
            }
            inherited.left.put(places.get(i), sockets);
        }
        return inherited;
    }

    /**
     * Each for the listener that is asked to be where the socket listens. Two for every address of the machine, one for IPv4
     * and one for IPv6, are both for the listener that is asked to be at all of them.
     *
     * @throws IOException if a descriptor is not a TCP socket that listens
     */
    public static InheritedSockets ofDescriptors(List<Integer> descriptors) throws IOException {
        Map<InetSocketAddress, List<Integer>> byAddress = new LinkedHashMap<>();
        for (int descriptor : descriptors) {
            byAddress
                    .computeIfAbsent(asked(ListeningDescriptor.of(descriptor).bound()), asked -> new ArrayList<>())
                    .add(descriptor);
        }
        return of(byAddress.entrySet().stream()
                .map(entry -> new OfListener(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static InetSocketAddress asked(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress() ? new InetSocketAddress(bound.getPort()) : bound;
    }

    /** Those of that place, which are then the taker's to close. */
    Optional<List<Integer>> take(Place place) {
        return Optional.ofNullable(left.remove(place))
                .map(sockets ->
                        sockets.stream().map(ListeningDescriptor::number).toList());
    }

    /** Closes what no listener took. @return where those listened */
    public List<InetSocketAddress> closeUnused() {
        List<InetSocketAddress> unused = new ArrayList<>();
        left.values()
                .forEach(sockets -> sockets.forEach(socket -> {
                    ListeningDescriptor.close(socket.number());
                    unused.add(socket.bound());
                }));
        left.clear();
        return unused.stream().distinct().toList();
    }
}
