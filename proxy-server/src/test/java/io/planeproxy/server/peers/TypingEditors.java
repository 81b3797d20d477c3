package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Two of Plane's editors with the same page, which type all the time: {@code typing-editors.mjs}. */
final class TypingEditors implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> WHO = List.of("ann", "bob");

    private final NodeScript script;

    private TypingEditors(NodeScript script) {
        this.script = script;
    }

    /**
     * Opens the page through a proxy that serves https there, and waits until each sees what the other types.
     *
     * @param trusted the certificates that they take from it
     */
    static TypingEditors at(int port, Path trusted) throws IOException, InterruptedException {
        TypingEditors editors = new TypingEditors(NodeScript.start(
                "typing-editors.mjs",
                Map.of("NODE_EXTRA_CA_CERTS", trusted.toString()),
                "wss://localhost:" + port + "/live/collaboration"));
        editors.expect("typing");
        return editors;
    }

    /** Fails unless within that time each loses its socket and nothing else happens. */
    void awaitBothClosedOnce(Duration time) throws InterruptedException {
        List<Config> said = script.saidWithin(time);
        assertEquals(
                List.of("closed", "closed"),
                said.stream().map(event -> event.getString("event")).toList());
    }

    /** Until both have a socket again and the document of the server. */
    void awaitBothBack() throws InterruptedException {
        for (int back = 0; back < WHO.size(); ) {
            back += script.next(LIMIT).getString("event").equals("back") ? 1 : 0;
        }
    }

    /** They type on for a while and stop. */
    Result stop() throws IOException, InterruptedException {
        script.tell("stop");
        return new Result(expect("result"));
    }

    private Config expect(String event) throws InterruptedException {
        Config said = script.next(LIMIT);
        assertEquals(event, said.getString("event"), said::toString);
        return said;
    }

    /** What came of it. */
    record Result(Config said) {
        /** The codes with which sockets were closed, as an editor sees them. */
        List<Integer> closes(String who) {
            return said.getIntList("closes." + who);
        }

        void assertCloses(Integer... codes) {
            WHO.forEach(who -> assertEquals(List.of(codes), closes(who), said::toString));
        }

        /** The statuses that each editor's handshakes were answered with. */
        void assertHandshakes(Integer... statuses) {
            WHO.forEach(who -> assertEquals(List.of(statuses), said.getIntList("handshakes." + who), said::toString));
        }

        void assertNoWordIsLost() {
            assertEquals(said.getString("texts.ann"), said.getString("texts.bob"));
            long words = Arrays.stream(said.getString("texts.ann").strip().split(" "))
                    .count();
            assertEquals(said.getInt("typed"), words, "no word is lost, and none is there twice");
        }
    }

    @Override
    public void close() throws InterruptedException {
        script.close();
    }
}
