package io.planeproxy.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Heads as they come from a socket. */
final class Heads {
    private static final int END = 0x0d0a0d0a;

    private Heads() {}

    /** Reads to the end of the empty line and not a byte further. @return all of it */
    static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int last = 0;
        while (last != END) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the connection ended within a head");
            }
            last = last << 8 | octet;
            head.append((char) octet);
        }
        return head.toString();
    }
}
