package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer whose every segment ends in the middle of something, so that the buffer is never empty. */
final class InboundTest {
    private static final int SEGMENT = 1024;
    private static final int SEGMENTS = 10_000;

    private final List<ByteBuf> taken = new ArrayList<>();
    private final Inbound inbound = new Inbound(this::takeAllButOne);

    @AfterEach
    void release() {
        taken.forEach(ByteBuf::release);
        inbound.drop();
    }

    @Test
    void whatHasBeenReadTakesNoMemory() {
        for (int i = 0; i < SEGMENTS; i++) {
            add('x');
            inbound.process();
            forget();
        }
        assertEquals(1, inbound.size());
        assertTrue(inbound.bytes().capacity() <= 16 * SEGMENT, () -> inbound.bytes() + " for one byte");
    }

    @Test
    void nothingMovesUnderAPieceThatWasHandedOn() {
        StringBuilder sent = new StringBuilder();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            sent.append(add(letter));
            inbound.process();
        }
        String told = taken.stream()
                .map(piece -> piece.toString(StandardCharsets.US_ASCII))
                .collect(Collectors.joining());
        assertEquals(sent.substring(0, sent.length() - 1), told);
    }

    private String add(char letter) {
        String text = String.valueOf(letter).repeat(SEGMENT);
        inbound.add(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII), UnpooledByteBufAllocator.DEFAULT);
        return text;
    }

    private boolean takeAllButOne() {
        int length = inbound.size() - 1;
        if (length > 0) {
            taken.add(inbound.bytes().readRetainedSlice(length));
        }
        return length > 0;
    }

    private void forget() {
        taken.forEach(ByteBuf::release);
        taken.clear();
    }
}
