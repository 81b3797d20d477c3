package io.planeproxy.core.kit;

/** The peer did something that a strict reader does not accept, or not what was waited for. */
public final class WireFault extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** Of what sort a fault is. */
    public enum Kind {
        /** Bytes that RFC 9112 does not allow. */
        MALFORMED,
        /** The end came before the message was whole. */
        CUT,
        /** Nothing came within the patience of the test. */
        SILENT
    }

    private final Kind kind;

    WireFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
