package io.planeproxy.server.nginx;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of addresses as nginx writes it; nginx drops bits behind the prefix, this proxy wants them gone.
 *
 * @param prefixLength 0 to 32 or 0 to 128
 */
record AddressRange(InetAddress network, int prefixLength) {

    /** Nothing where it is no literal. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return Optional.empty();
        }
        int bits = address.length * Byte.SIZE;
        String length = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        return Optional.of(new AddressRange(first(address, Integer.parseInt(length)), Integer.parseInt(length)));
    }

    /** Whether there is an address in both. */
    boolean overlaps(AddressRange other) {
        int shared = Math.min(prefixLength, other.prefixLength);
        return network.getAddress().length == other.network.getAddress().length
                && first(network.getAddress(), shared).equals(first(other.network.getAddress(), shared));
    }

    private static InetAddress first(byte[] address, int prefixLength) {
        int behind = address.length * Byte.SIZE - prefixLength;
        BigInteger masked = new BigInteger(1, address).shiftRight(behind).shiftLeft(behind);
        byte[] digits = masked.toByteArray();
        byte[] first = new byte[address.length];
        int copied = Math.min(digits.length, first.length);
        System.arraycopy(digits, digits.length - copied, first, first.length - copied, copied);
        try {
            return InetAddress.getByAddress(first);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(first.length + " bytes; expected an address of 4 or 16", e);
        }
    }

    @Override
    public String toString() {
        String address = NetUtil.toAddressString(network);
        return prefixLength == network.getAddress().length * Byte.SIZE ? address : address + "/" + prefixLength;
    }
}
