package io.planeproxy.core.forward;

import java.net.InetAddress;
import java.util.List;

/** The peers whose word about the client is taken; none by default, so that no client can choose its own address. */
public record TrustedProxies(List<Cidr> ranges) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    public boolean trust(InetAddress peer) {
        for (Cidr range : ranges) {
            if (range.contains(peer)) {
                return true;
            }
        }
        return false;
    }
}
