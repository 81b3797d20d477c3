package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;

/** The value of Content-Length: digits and nothing else (RFC 9110 §8.6). */
final class ContentLength {
    private static final int MOST_DIGITS = 18;

    private ContentLength() {}

    static BodyLength parse(String value) throws Rejection {
        int start = 0;
        while (start < value.length() - 1 && value.charAt(start) == '0') {
            start++;
        }
        if (value.isEmpty() || value.length() - start > MOST_DIGITS) {
            throw new Rejection(Cause.MALFORMED_CONTENT_LENGTH, "Content-Length: " + value);
        }
        long length = 0;
        for (int i = start; i < value.length(); i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new Rejection(Cause.MALFORMED_CONTENT_LENGTH, "Content-Length: " + value);
            }
            length = length * 10 + (digit - '0');
        }
        return new BodyLength.Fixed(length);
    }
}
