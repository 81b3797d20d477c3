package io.planeproxy.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a listener is asked to be; the same place before and after a reload is the same listener.
 *
 * @param host every address of the machine is one and the same host, however it is written
 * @param port 0 for any free one
 * @param nth which of those that ask for the same, from 0 on; more than one can only be where any free port will do
 */
record Place(Host host, int port, int nth) {

    /** The addresses of this machine that a listener serves. */
    sealed interface Host {
        record All() implements Host {}

        record One(InetAddress address) implements Host {}
    }

    /** Those of some addresses, in their order. */
    static List<Place> of(List<InetSocketAddress> asked) {
        List<Place> places = new ArrayList<>();
        Map<Place, Integer> seen = new HashMap<>();
        for (InetSocketAddress address : asked) {
            Place first = new Place(host(address.getAddress()), address.getPort(), 0);
            int nth = seen.merge(first, 1, Integer::sum) - 1;
            places.add(new Place(first.host, first.port, nth));
        }
        return List.copyOf(places);
    }

    private static Host host(InetAddress address) {
        return address.isAnyLocalAddress() ? new Host.All() : new Host.One(address);
    }

    /** Whether both want the same port of at least one address, so that a system lets only one process have them. */
    boolean overlaps(Place other) {
        return port == other.port
                && port != 0
                && (host.equals(other.host) || host instanceof Host.All || other.host instanceof Host.All);
    }
}
