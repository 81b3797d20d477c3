package io.planeproxy.server.settings;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses written as numbers. Never asks a name server. */
final class IpLiteral {
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private IpLiteral() {}

    /** The address, where the text is one; IPv6 with or without brackets. */
    static Optional<InetAddress> of(String text) {
        try {
            if (DOTTED.matcher(text).matches()) {
                return Optional.of(Inet4Address.ofLiteral(text));
            }
            String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
            if (bare.indexOf(':') >= 0) {
                return Optional.of(Inet6Address.ofLiteral(bare));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As RFC 5952 writes it, without brackets. */
    static String bare(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    /** As messages and URLs show it; IPv6 in brackets. */
    static String text(InetAddress address) {
        return address instanceof Inet6Address ? "[" + bare(address) + "]" : bare(address);
    }
}
