package io.planeproxy.core.kit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** WebSocket frames as bytes, and a whole-frame reader that shares no code with the observer. */
public final class Frames {
    private Frames() {}

    /** One frame as it was read. */
    public record Frame(int first, boolean masked, byte[] payload) {
        public int opcode() {
            return first & 0x0f;
        }
    }

    public static byte[] frame(int first, byte[] payload, boolean masked, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            out.write(mask | payload.length);
        } else if (payload.length < 65536) {
            out.write(mask | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] key = new byte[4];
        if (masked) {
            random.nextBytes(key);
            out.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ key[i % 4] : payload[i]);
        }
        return out.toByteArray();
    }

    public static byte[] close(int code, String reason, boolean masked, Random random) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >> 8);
        payload.write(code);
        payload.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
        return frame(0x88, payload.toByteArray(), masked, random);
    }

    /** A stream of data and control frames of all sizes, with any reserved bits. */
    public static List<byte[]> stream(int count, boolean masked, Random random) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean control = random.nextInt(4) == 0;
            int opcode = control ? 9 + random.nextInt(2) : random.nextInt(8);
            int size = control ? random.nextInt(126) : SIZES[random.nextInt(SIZES.length)];
            int reserved = random.nextInt(8) << 4;
            int last = control || random.nextBoolean() ? 0x80 : 0;
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            frames.add(frame(last | reserved | opcode, payload, masked, random));
        }
        return frames;
    }

    private static final int[] SIZES = {0, 1, 2, 125, 126, 127, 128, 1000, 65535, 65536, 70000};

    /** @throws IllegalArgumentException if the bytes are not whole frames */
    public static List<Frame> read(byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int first = bytes[at] & 0xff;
            boolean masked = (bytes[at + 1] & 0x80) != 0;
            long length = bytes[at + 1] & 0x7f;
            at += 2;
            int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
            if (extended > 0) {
                length = 0;
                for (int i = 0; i < extended; i++) {
                    length = length << 8 | bytes[at++] & 0xff;
                }
            }
            byte[] key = new byte[4];
            if (masked) {
                System.arraycopy(bytes, at, key, 0, 4);
                at += 4;
            }
            if (at + length > bytes.length) {
                throw new IllegalArgumentException("the last of " + (frames.size() + 1) + " frames is not whole");
            }
            byte[] payload = new byte[(int) length];
            for (int i = 0; i < length; i++) {
                payload[i] = (byte) (bytes[at++] ^ key[i % 4]);
            }
            frames.add(new Frame(first, masked, payload));
        }
        return frames;
    }
}
