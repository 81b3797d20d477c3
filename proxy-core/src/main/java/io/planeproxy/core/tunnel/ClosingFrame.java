package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The close frame with which the proxy itself ends a WebSocket: 1012, service restart, which makes Plane's client come
 * back. It can be made only for a direction that stands between two frames.
 */
final class ClosingFrame {
    static final int SERVICE_RESTART = 1012;
    private static final byte[] REASON = "proxy restarts".getBytes(StandardCharsets.US_ASCII);
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;

    private ClosingFrame() {}

    /** As a server sends it (RFC 6455 §5.1). */
    static ByteBuf toClient(FrameObserver.Boundary boundary, ByteBufAllocator allocator) {
        ByteBuf frame = allocator.ioBuffer(4 + REASON.length);
        frame.writeByte(CLOSE).writeByte(2 + REASON.length);
        return frame.writeShort(SERVICE_RESTART).writeBytes(REASON);
    }

    /** As a client sends it: masked (RFC 6455 §5.3). */
    static ByteBuf toUpstream(FrameObserver.Boundary boundary, ByteBufAllocator allocator) {
        ByteBuf frame = allocator.ioBuffer(8 + REASON.length);
        int mask = ThreadLocalRandom.current().nextInt();
        frame.writeByte(CLOSE).writeByte(MASKED | (2 + REASON.length)).writeInt(mask);
        int payloadAt = frame.writerIndex();
        frame.writeShort(SERVICE_RESTART).writeBytes(REASON);
        for (int i = payloadAt; i < frame.writerIndex(); i++) {
            frame.setByte(i, frame.getByte(i) ^ mask >>> (3 - (i - payloadAt & 3)) * 8);
        }
        return frame;
    }
}
