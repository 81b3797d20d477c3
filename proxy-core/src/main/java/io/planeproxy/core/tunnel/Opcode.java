package io.planeproxy.core.tunnel;

/** The opcodes that the observer knows by name (RFC 6455 §11.8). */
final class Opcode {
    static final int CLOSE = 8;
    static final int COUNT = 16;

    private Opcode() {}
}
