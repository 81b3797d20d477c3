package io.planeproxy.core.forward;

import io.planeproxy.core.http.IpLiterals;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** A range of addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a bare address is a range of one. */
public final class Cidr {
    private final byte[] network;
    private final int prefixLength;

    private Cidr(byte[] network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /** The range that the text names, or nothing if it names none. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return IpLiterals.parse(address).map(InetAddress::getAddress).flatMap(bytes -> {
            int bits = bytes.length * 8;
            if (slash < 0) {
                return Optional.of(new Cidr(bytes, bits));
            }
            String length = text.substring(slash + 1);
            return length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= bits
                    ? Optional.of(new Cidr(bytes, Integer.parseInt(length)))
                    : Optional.empty();
        });
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        int whole = prefixLength / 8;
        int rest = prefixLength % 8;
        return Arrays.equals(octets, 0, whole, network, 0, whole)
                && (rest == 0 || ((octets[whole] ^ network[whole]) & (0xff << (8 - rest)) & 0xff) == 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr range
                && prefixLength == range.prefixLength
                && Arrays.equals(network, range.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixLength;
    }
}
