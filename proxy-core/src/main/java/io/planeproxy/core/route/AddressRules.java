package io.planeproxy.core.route;

import io.planeproxy.core.forward.Cidr;
import java.net.InetAddress;
import java.util.List;

/**
 * Who may come: nobody who is denied, and where anybody is listed as allowed, only those.
 *
 * @param allow empty means everybody
 */
public record AddressRules(List<Cidr> allow, List<Cidr> deny) {
    public static final AddressRules EVERYBODY = new AddressRules(List.of(), List.of());

    public AddressRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    public boolean admit(InetAddress client) {
        return !contains(deny, client) && (allow.isEmpty() || contains(allow, client));
    }

    private static boolean contains(List<Cidr> ranges, InetAddress client) {
        for (Cidr range : ranges) {
            if (range.contains(client)) {
                return true;
            }
        }
        return false;
    }
}
