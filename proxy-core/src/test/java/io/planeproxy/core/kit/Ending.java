package io.planeproxy.core.kit;

/** How the peer ended what it had to say. */
public enum Ending {
    /** An orderly end: FIN, after which nothing more comes. */
    CLOSED,
    /** RST. */
    RESET
}
