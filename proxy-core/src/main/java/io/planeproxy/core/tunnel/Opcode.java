package io.planeproxy.core.tunnel;

/** The opcodes that the observer knows by name (RFC 6455 §11.8). */
final class Opcode {
    static final int FIRST_CONTROL = 8;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int COUNT = 16;

    private Opcode() {}
}
