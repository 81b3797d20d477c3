package io.planeproxy.server.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.systemd.HandedDescriptors.Descriptor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandedDescriptorsTest {
    private static final long PID = 17;

    @Test
    void theyBeginWithThreeAndHaveTheirNames() {
        assertEquals(
                List.of(new Descriptor(3, "plane-proxy.socket"), new Descriptor(4, "web")),
                handed("2", "plane-proxy.socket:web").descriptors());
    }

    @Test
    void whereANameIsMissingTheyHaveNone() {
        assertEquals(List.of(new Descriptor(3, "unnamed")), handed("1", "").descriptors());
        assertEquals(
                List.of(new Descriptor(3, "a"), new Descriptor(4, "unnamed")),
                handed("2", "a").descriptors());
    }

    @Test
    void withoutTheVariableThereAreNoneAndNothingIsSaid() {
        assertEquals(
                new HandedDescriptors(List.of(), List.of()),
                HandedDescriptors.of(Map.of("LISTEN_PID", "17", "LISTEN_FDS", ""), PID));
    }

    @Test
    void thoseOfAnotherProcessAreLeftAloneWithASentence() {
        HandedDescriptors handed = HandedDescriptors.of(Map.of("LISTEN_PID", "16", "LISTEN_FDS", "2"), PID);
        assertEquals(List.of(), handed.descriptors());
        assertEquals(1, handed.complaints().size());
        assertTrue(
                handed.complaints()
                        .getFirst()
                        .startsWith("LISTEN_PID=\"16\" and LISTEN_FDS=\"2\", and this process is 17;"),
                handed.complaints()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "two", "5000", "99999999999999999999"})
    void aCountThatCannotBeIsOneSentence(String count) {
        HandedDescriptors handed = handed(count, "");
        assertEquals(List.of(), handed.descriptors());
        assertEquals(1, handed.complaints().size());
        assertTrue(handed.complaints().getFirst().startsWith("LISTEN_FDS=\"" + count + "\"; expected "));
    }

    private static HandedDescriptors handed(String count, String names) {
        return HandedDescriptors.of(Map.of("LISTEN_PID", "17", "LISTEN_FDS", count, "LISTEN_FDNAMES", names), PID);
    }
}
