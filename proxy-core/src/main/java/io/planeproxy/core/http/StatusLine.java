package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;

/**
 * The first line of a reply (RFC 9112 §4).
 *
 * @param end where the next line begins
 */
record StatusLine(HttpVersion version, int status, String reason, int end) {
    private static final int STATUS_AT = 9;
    private static final int REASON_AT = 13;

    /** Of a line that is none: enough to know another protocol by, too little for what a field or a body says. */
    private static final int SHOWN = 12;

    static StatusLine parse(byte[] octets) throws Rejection {
        int end = 0;
        while (Octets.isValue(octets[end])) {
            end++;
        }
        if (octets[end] != '\r' || octets[end + 1] != '\n') {
            throw new Rejection(Cause.UPSTREAM_MALFORMED, "a status line with a control character");
        }
        String line = Octets.text(octets, 0, end);
        if (end < STATUS_AT + 3 || !(line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))) {
            throw rejection(line);
        }
        int status = 0;
        for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
            int digit = octets[i] - '0';
            status = digit < 0 || digit > 9 ? -1000 : status * 10 + digit;
        }
        boolean reasonStartsRight = end == STATUS_AT + 3 || octets[STATUS_AT + 3] == ' ';
        if (status < 100 || status > 599 || !reasonStartsRight) {
            throw rejection(line);
        }
        HttpVersion version = octets[7] == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
        return new StatusLine(version, status, end > REASON_AT ? line.substring(REASON_AT) : "", end + 2);
    }

    private static Rejection rejection(String line) {
        String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
        return new Rejection(Cause.UPSTREAM_MALFORMED, "the status line \"" + shown + "\"");
    }
}
