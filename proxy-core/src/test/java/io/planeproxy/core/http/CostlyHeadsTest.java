package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.planeproxy.core.kit.Heads;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Heads that are made to cost an event loop more than their bytes. */
final class CostlyHeadsTest {
    /** They take a fraction of a second; looked at group by group, and each with a pattern, they took 25 s. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int HEADS = 4000;

    @Test
    void anAddressOfThousandsOfGroupsIsRefusedForItsLength() {
        byte[] head = Heads.octets("GET / HTTP/1.1", "Host: [" + "a:".repeat(30_000) + "a]");
        assertTimeout(LIMIT, () -> {
            for (int i = 0; i < HEADS; i++) {
                assertInstanceOf(Malformed.class, RequestHead.parse(head, Scheme.HTTP));
            }
        });
    }
}
