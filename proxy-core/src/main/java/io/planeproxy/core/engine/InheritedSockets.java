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

    private final Taking taking;

    private InheritedSockets(Taking taking) {
        this.taking = taking;
    }

    /** Whether a listener that is closed can be opened here a second time. */
    private enum Taking {
        /** What one has taken is its own. */
        ONCE,
        /** Each gets a duplicate. */
        AGAIN
    }

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
        return new InheritedSockets(Taking.ONCE);
    }

    /** @throws IOException if a descriptor is not a TCP socket that listens; then none of them has been touched */
    public static InheritedSockets of(List<OfListener> listeners) throws IOException {
        return of(listeners, Taking.ONCE);
    }

    private static InheritedSockets of(List<OfListener> listeners, Taking taking) throws IOException {
        InheritedSockets inherited = new InheritedSockets(taking);
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
        return of(listeners(descriptors), Taking.ONCE);
    }

    /**
     * As above, of somebody who keeps the sockets open whatever becomes of their listeners, as systemd does. Nobody else could
     * open such a port meanwhile, so they are kept here too: a listener that a reload takes away can be brought back by another.
     *
     * @throws IOException if a descriptor is not a TCP socket that listens
     */
    public static InheritedSockets lent(List<Integer> descriptors) throws IOException {
        return of(listeners(descriptors), Taking.AGAIN);
    }

    private static List<OfListener> listeners(List<Integer> descriptors) throws IOException {
        Map<InetSocketAddress, List<Integer>> byAddress = new LinkedHashMap<>();
        for (int descriptor : descriptors) {
            byAddress
                    .computeIfAbsent(asked(ListeningDescriptor.of(descriptor).bound()), asked -> new ArrayList<>())
                    .add(descriptor);
        }
        return byAddress.entrySet().stream()
                .map(entry -> new OfListener(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static InetSocketAddress asked(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress() ? new InetSocketAddress(bound.getPort()) : bound;
    }

    /**
     * Those of that place, which are then the taker's to close.
     *
     * @throws IOException if there may be no more open files
     */
    Optional<List<Integer>> take(Place place) throws IOException {
        Optional<List<Integer>> there = Optional.ofNullable(left.get(place))
                .map(sockets ->
                        sockets.stream().map(ListeningDescriptor::number).toList());
        return switch (taking) {
            case ONCE -> {
                left.remove(place);
                yield there;
            }
            case AGAIN -> there.isEmpty() ? there : Optional.of(ListeningDescriptor.duplicates(there.get()));
        };
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
