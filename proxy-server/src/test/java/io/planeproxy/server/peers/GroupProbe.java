package io.planeproxy.server.peers;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which group of those that a TLS 1.3 client offers a server takes. The hello brings no key share, so the server must name its
 * choice in a HelloRetryRequest (RFC 8446, section 4.1.4) or end the handshake with an alert.
 */
final class GroupProbe {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HANDSHAKE = 22;
    private static final int KEY_SHARE = 51;
    private static final int ANSWER_MILLIS = 10_000;

    private GroupProbe() {}

    /** The groups that the server takes of these, in the server's order: each time the one that it chose is left out. */
    static List<Integer> order(InetSocketAddress server, List<Integer> offered) throws IOException {
        List<Integer> left = new ArrayList<>(offered);
        List<Integer> order = new ArrayList<>();
        for (Optional<Integer> next = choice(server, left); next.isPresent(); next = choice(server, left)) {
            order.add(next.get());
            left.remove(next.get());
        }
        return order;
    }

    private static Optional<Integer> choice(InetSocketAddress server, List<Integer> offered) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(hello(offered));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int kind = in.readUnsignedByte();
            in.readUnsignedShort();
            byte[] record = new byte[in.readUnsignedShort()];
            in.readFully(record);
            return kind == HANDSHAKE ? Optional.of(chosen(record)) : Optional.empty();
        }
    }

    /** Behind the type, length, version and random of the message come the session id, the suite, the compression. */
    private static int chosen(byte[] message) {
        int at = 4 + 2 + 32;
        at += 1 + message[at] + 2 + 1 + 2;
        while (at < message.length) {
            int kind = twoBytes(message, at);
            int length = twoBytes(message, at + 2);
            if (kind == KEY_SHARE) {
                return twoBytes(message, at + 4);
            }
            at += 4 + length;
        }
        throw new AssertionError("a HelloRetryRequest without a group: " + HEX.formatHex(message));
    }

    private static int twoBytes(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }

    private static byte[] hello(List<Integer> groups) {
        StringBuilder listed = new StringBuilder();
        groups.forEach(group -> listed.append(HEX.toHexDigits(group, 4)));
        String extensions = extension("000a", counted(listed.toString(), 2))
                + extension("000d", counted("0403" + "0804" + "0401", 2))
                + extension("002b", counted("0304", 1))
                + extension("0033", counted("", 2));
        String body = "0303" + "11".repeat(32) + counted("22".repeat(32), 1) + counted("1301" + "1302" + "1303", 2)
                + "0100" + counted(extensions, 2);
        return HEX.parseHex("160301" + counted("01" + counted(body, 3), 2));
    }

    private static String extension(String kind, String data) {
        return kind + counted(data, 2);
    }

    private static String counted(String hex, int bytesOfCount) {
        return HEX.toHexDigits(hex.length() / 2, bytesOfCount * 2) + hex;
    }
}
