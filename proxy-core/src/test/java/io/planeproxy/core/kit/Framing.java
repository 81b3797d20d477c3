package io.planeproxy.core.kit;

/** How the end of a body was told (RFC 9112 section 6.3). */
public enum Framing {
    NONE,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
}
