package io.planeproxy.server.settings;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of IP addresses, RFC 4632 for IPv4 and RFC 4291 section 2.3 for IPv6. A single address is a range of full length.
 *
 * @param network the first address of the range
 * @param prefixLength bits that all addresses of the range share, 0 to 32 or 0 to 128
 */
public record Cidr(InetAddress network, int prefixLength) {

    public Cidr {
        if (prefixLength < 0 || prefixLength > bits(network)) {
            throw new IllegalArgumentException("prefix length " + prefixLength + "; expected 0 to " + bits(network));
        }
        if (!first(network, prefixLength).equals(network)) {
            throw new IllegalArgumentException(IpLiteral.bare(network) + "/" + prefixLength
                    + " has bits after its prefix; expected the first address");
        }
    }

    static Cidr parse(String text) throws Unreadable {
        String written = text.strip();
        int slash = written.indexOf('/');
        String address = slash < 0 ? written : written.substring(0, slash);
        InetAddress network = IpLiteral.of(address)
                .filter(literal -> !address.contains("%"))
                .orElseThrow(() -> new Unreadable(
                        "an IP address or a range of them",
                        "write for example \"10.0.0.0/8\" or \"fd00::/8\"; names are not looked up"));
        int length = slash < 0 ? bits(network) : length(written.substring(slash + 1), network);
        InetAddress first = first(network, length);
        if (!first.equals(network)) {
            throw new Unreadable(
                    "the first address of the range", "write \"" + IpLiteral.bare(first) + "/" + length + "\"");
        }
        return new Cidr(network, length);
    }

    private static int length(String text, InetAddress network) throws Unreadable {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > bits(network)) {
            throw new Unreadable("a prefix length from 0 to " + bits(network) + " after the slash", "");
        }
        return Integer.parseInt(text);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static InetAddress first(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        BigInteger host = BigInteger.ONE.shiftLeft(bits(address) - length).subtract(BigInteger.ONE);
        byte[] kept = new BigInteger(1, bytes).andNot(host).toByteArray();
        byte[] first = new byte[bytes.length];
        int copied = Math.min(kept.length, first.length);
        System.arraycopy(kept, kept.length - copied, first, first.length - copied, copied);
        try {
            return Arrays.equals(first, bytes) ? address : InetAddress.getByAddress(first);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(first.length + " bytes; expected an address of 4 or 16", e);
        }
    }

    @Override
    public String toString() {
        return IpLiteral.bare(network) + "/" + prefixLength;
    }
}
