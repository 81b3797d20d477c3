package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.kit.Wire;
import java.util.Optional;

/** Any lines are a reply that keeps the laws, or are told to be none. */
final class ReplyHeadFuzzTest {
    private static final Intent SOCKET = new Intent.Upgrade("websocket", Optional.of("dGhlIHNhbXBsZSBub25jZQ=="));

    @FuzzTest
    void anyLinesAreAReplyOrToldMalformed(byte[] lines) {
        switch (ReplyHead.parse(Heads.octets(Wire.text(lines)), Method.GET, SOCKET)) {
            case Malformed malformed -> assertEquals(502, malformed.cause().status(), malformed.toString());
            case ReplyHead head -> {
                assertTrue(head.status() >= 100 && head.status() <= 599);
                assertTrue(head.reason().chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f), head.reason());
                assertTrue(!head.fields().contains(KnownField.CONTENT_LENGTH)
                        || !head.fields().contains(KnownField.TRANSFER_ENCODING));
            }
        }
    }
}
