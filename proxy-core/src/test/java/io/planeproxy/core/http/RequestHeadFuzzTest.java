package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.kit.Wire;

/** Any lines are a request that keeps the laws, or are told to be none. */
final class RequestHeadFuzzTest {
    @FuzzTest
    void anyLinesAreARequestOrToldMalformed(byte[] lines) {
        switch (RequestHead.parse(Heads.octets(Wire.text(lines)), Scheme.HTTP)) {
            case Malformed malformed -> assertTrue(malformed.cause().status() >= 400, malformed.toString());
            case RequestHead head -> {
                assertTrue(head.target().raw().chars().allMatch(c -> c > 0x20 && c < 0x7f));
                assertTrue(
                        head.version() == HttpVersion.HTTP_1_0 || head.fields().count(KnownField.HOST) == 1);
                assertTrue(!head.fields().contains(KnownField.CONTENT_LENGTH)
                        || !head.fields().contains(KnownField.TRANSFER_ENCODING));
                assertTrue(!(head.body() instanceof BodyLength.UntilClose));
            }
        }
    }
}
