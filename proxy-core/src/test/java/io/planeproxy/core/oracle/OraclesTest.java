package io.planeproxy.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.core.relay.ExchangeRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Laws that hold for whatever a client sends. How many mutations are tried: {@code -Dplane-proxy.mutations=N}; which:
 * {@code -Dplane-proxy.seed=N}, as a failure names it.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class OraclesTest {
    private static final int MUTATIONS = Integer.getInteger("plane-proxy.mutations", 100_000);
    private static final long SEED = Long.getLong("plane-proxy.seed", 20_261_123L);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
    private static final Pattern NAMED_BY_US = Pattern.compile("\r\n(X-Forwarded-[A-Za-z]+|X-Real-IP): [^\r\n]*");

    private static final List<String> INPUTS = inputs();

    @TempDir
    private Path folder;

    private static List<String> inputs() {
        try (var in = OraclesTest.class.getResourceAsStream("/http/requests.json")) {
            JsonArray cases = new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), JsonArray.class);
            return cases.asList().stream()
                    .map(one -> one.getAsJsonObject().get("raw_latin1").getAsString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatTheProxySendsOnKeepsTheLawsAndH11ReadsTheSame() throws Exception {
        Set<String> upstream = new LinkedHashSet<>();
        for (String input : INPUTS) {
            check(input, List.of(input), upstream);
        }
        for (int i = 0; i < MUTATIONS; i++) {
            checkMutation(SEED + i, upstream);
        }
        assertTrue(upstream.size() > MUTATIONS / 20, "only " + upstream.size() + " different streams went upstream");
        try (H11 h11 = H11.in(folder)) {
            for (String stream : upstream) {
                h11.expect(stream, wholeOf(StrictParser.readAll(stream)));
            }
            assertEquals(upstream.size(), h11.check());
        }
    }

    private static void checkMutation(long seed, Set<String> upstream) {
        Mutations mutations = new Mutations(INPUTS, seed);
        String input = mutations.one();
        try {
            check(input, mutations.cut(input), upstream);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "alone again with -Dplane-proxy.mutations=1 -Dplane-proxy.seed=" + seed + ": "
                            + Wire.show(Wire.bytes(input)),
                    e);
        }
    }

    /** @param known what upstreams got before, to which this adds; the same bytes need not be looked at twice */
    private static void check(String input, List<String> pieces, Set<String> known) {
        Run run = pass(pieces);
        List<SeenRequest> upstream = new ArrayList<>();
        run.upstreams().forEach(stream -> upstream.addAll(StrictParser.readAll(stream)));
        neverMoreThanAStrictParserSees(input, upstream, run);
        whatWentUpstreamIsWhatWasLogged(upstream, run);
        nothingHappensAfterARefusal(run);
        noControlsInHeads(upstream);
        for (String stream : run.upstreams()) {
            if (!stream.isEmpty() && known.add(stream)) {
                ourOwnOutputChangesNothing(stream);
            }
        }
    }

    private static Run pass(List<String> pieces) {
        return InProcessProxy.pass(pieces.stream().map(Wire::bytes).toList());
    }

    private static void neverMoreThanAStrictParserSees(String input, List<SeenRequest> upstream, Run run) {
        List<SeenRequest> seen = StrictParser.read(input).stream()
                .filter(request -> !request.isForTheServer())
                .toList();
        assertTrue(
                upstream.size() <= seen.size() && run.forwarded() <= seen.size(),
                run.forwarded() + " requests went upstream, as " + upstream + ", a strict parser sees " + seen);
        for (int i = 0; i < upstream.size(); i++) {
            assertTrue(
                    seen.get(i).covers(upstream.get(i)),
                    "upstream got " + upstream.get(i) + ", a strict parser sees " + seen.get(i));
        }
    }

    private static void whatWentUpstreamIsWhatWasLogged(List<SeenRequest> upstream, Run run) {
        List<ExchangeRecord> logged = run.logged();
        assertEquals(run.forwarded(), logged.size(), "each request that goes upstream is logged once");
        List<SeenRequest> whole = wholeOf(upstream);
        assertEquals(
                logged.stream()
                        .filter(one -> one.outcome() instanceof Outcome.Complete
                                || one.outcome() instanceof Outcome.NotSwitched)
                        .count(),
                whole.size(),
                "those that are logged as complete are the whole ones");
        for (int i = 0; i < whole.size(); i++) {
            assertEquals(logged.get(i).head().method().name(), whole.get(i).method());
            assertEquals(logged.get(i).head().target().raw(), whole.get(i).target());
            assertEquals(logged.get(i).received(), whole.get(i).body().length());
        }
    }

    private static List<SeenRequest> wholeOf(List<SeenRequest> requests) {
        return requests.stream().filter(SeenRequest::isWhole).toList();
    }

    private static void nothingHappensAfterARefusal(Run run) {
        assertEquals(List.of(), run.afterRefusal(), "a request behind a refusal");
        for (int i = 0; i < run.steps().size() - 1; i++) {
            assertFalse(run.steps().get(i).isRefusal(), "behind a refusal: " + run.steps());
        }
        Matcher status = STATUS.matcher(run.toClient());
        boolean refused = false;
        while (status.find()) {
            assertFalse(refused, "a reply behind a refusal");
            refused = status.group(1).charAt(0) >= '4';
        }
    }

    /** RFC 9110 §5.5, and stricter than h11. */
    private static void noControlsInHeads(List<SeenRequest> upstream) {
        for (SeenRequest request : upstream) {
            for (String line : request.head().split("\r\n", -1)) {
                int value = Math.max(0, line.indexOf(':'));
                assertTrue(line.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f), line);
                assertFalse(line.substring(0, value).contains("\t"), line);
            }
        }
    }

    /**
     * Chunks may be joined or divided on the way (RFC 9112 §7.1), so it is bodies that are compared; and of a request that came
     * without a Host, only its second passage can tell one in X-Forwarded-Host.
     */
    private static void ourOwnOutputChangesNothing(String stream) {
        Run again = pass(List.of(stream));
        assertEquals(
                withoutWhatWeSay(stream),
                withoutWhatWeSay(String.join("", again.upstreams())),
                "sent through once more");
    }

    private static List<SeenRequest> withoutWhatWeSay(String stream) {
        return StrictParser.readAll(stream).stream()
                .map(one -> new SeenRequest(
                        NAMED_BY_US.matcher(one.head()).replaceAll(""),
                        one.method(),
                        one.target(),
                        one.body(),
                        one.end()))
                .toList();
    }
}
