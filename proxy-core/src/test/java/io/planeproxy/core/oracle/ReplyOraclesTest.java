package io.planeproxy.core.oracle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Wire;
import io.planeproxy.core.socket.ReplyCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Laws that hold for whatever an upstream sends, over the replies of the tables and mutations of them. How many mutations are
 * tried: {@code -Dplane-proxy.reply-mutations=N}; which: as {@link OraclesTest}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class ReplyOraclesTest {
    private static final int MUTATIONS = Integer.getInteger("plane-proxy.reply-mutations", 100_000);
    private static final long SEED = Long.getLong("plane-proxy.seed", 20_261_123L);

    private static final List<String> INPUTS = ReplyCase.all()
            .filter(given -> given.request().equals("GET"))
            .map(ReplyCase::raw)
            .filter(raw -> raw.length() < 4096)
            .toList();

    @TempDir
    private Path folder;

    /** h11 reads both what the upstream wrote and what the client got, and compares. */
    @Test
    void aClientGetsTheReplyAsItIsMeantOrSeesThatItIsCut() throws Exception {
        assertTrue(INPUTS.size() > 100, () -> "only " + INPUTS.size() + " replies");
        List<String> wrote = new ArrayList<>();
        List<String> verdicts;
        try (H11 h11 = H11.in(folder)) {
            for (String input : INPUTS) {
                wrote.add(input);
                h11.addReply(input, pass(List.of(input)));
            }
            for (int i = 0; i < MUTATIONS; i++) {
                Mutations mutations = new Mutations(INPUTS, SEED + i);
                String reply = mutations.one();
                wrote.add(reply);
                h11.addReply(reply, pass(mutations.cut(reply)));
            }
            verdicts = h11.verdicts();
        }
        for (int i = 0; i < wrote.size(); i++) {
            String seed = "-Dplane-proxy.reply-mutations=1 -Dplane-proxy.seed=" + (SEED + i - INPUTS.size());
            assertFalse(
                    verdicts.get(i).startsWith("!"),
                    verdicts.get(i) + ", alone again with " + seed + ": " + Wire.show(Wire.bytes(wrote.get(i))));
        }
        Set<String> all = new TreeSet<>(verdicts);
        assertTrue(all.containsAll(List.of("cut", "own", "whole")), all::toString);
        assertTrue(Collections.frequency(verdicts, "whole") > MUTATIONS / 20, "too few are whole");
    }

    private static InProcessProxy.Replied pass(List<String> pieces) {
        InProcessProxy.Replied replied =
                InProcessProxy.passReply(pieces.stream().map(Wire::bytes).toList());
        noControlsInHeads(replied.toClient());
        return replied;
    }

    /** RFC 9110 §5.5, and stricter than h11: up to the first body, whatever may stand in it. */
    private static void noControlsInHeads(String toClient) {
        int end = toClient.indexOf("\r\n\r\n");
        for (String line : toClient.substring(0, Math.max(0, end)).split("\r\n", -1)) {
            assertTrue(line.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f), line);
        }
    }
}
