package io.planeproxy.core.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses as text, read without ever asking a resolver. */
public final class IpLiterals {
    /** In characters. What is longer need not be looked at group by group. */
    private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

    private IpLiterals() {}

    /** The address that the text is, in the forms that may stand in a URL or in X-Forwarded-For; no zone, no brackets. */
    public static Optional<InetAddress> parse(String text) {
        if (!isIpv4(text) && !isIpv6(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }

    /** Four decimal numbers up to 255, without leading zeros. */
    static boolean isIpv4(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** RFC 3986 §3.2.2 IPv6address. */
    static boolean isIpv6(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == 8;
        }
        int before = gap == 0 ? 0 : groupsWithoutAddress(text.substring(0, gap));
        String rest = text.substring(gap + 2);
        int after = rest.isEmpty() ? 0 : groups(rest);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /** How many 16-bit groups the text stands for, the last two perhaps as an IPv4 address; −1 for none. */
    private static int groups(String text) {
        int lastColon = text.lastIndexOf(':');
        String last = text.substring(lastColon + 1);
        if (!last.contains(".")) {
            return groupsWithoutAddress(text);
        }
        if (!isIpv4(last)) {
            return -1;
        }
        int before = lastColon < 0 ? 0 : groupsWithoutAddress(text.substring(0, lastColon));
        return before < 0 ? -1 : before + 2;
    }

    private static int groupsWithoutAddress(String text) {
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (!group.matches("[0-9a-fA-F]{1,4}")) {
                return -1;
            }
        }
        return groups.length;
    }
}
