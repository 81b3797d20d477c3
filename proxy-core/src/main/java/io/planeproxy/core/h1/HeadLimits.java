package io.planeproxy.core.h1;

/**
 * How large a head may be.
 *
 * @param firstLine bytes of a request line or status line, without its CRLF
 * @param fields bytes of all field lines together
 * @param count how many field lines
 */
public record HeadLimits(int firstLine, int fields, int count) {
    public static final HeadLimits DEFAULT = new HeadLimits(16 * 1024, 64 * 1024, 200);
}
