package io.planeproxy.server.admin;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;

/** The answer of a page. */
public sealed interface AdminReply {

    /**
     * @param type for the field {@code Content-Type}
     * @param policy for the field {@code Content-Security-Policy}
     */
    record Content(int status, String type, String body, String policy) implements AdminReply {
        private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

        /** What a browser shows as it stands. */
        public Content(int status, String type, String body) {
            this(status, type, body, NOTHING);
        }
    }

    /**
     * Open files of this process, for another. They are all there is of the answer: whoever asks for them reads no HTTP.
     *
     * @param numbers file descriptors, which must stay open until {@link AdminPage#answered}
     */
    record Descriptors(List<Integer> numbers) implements AdminReply {
        public Descriptors {
            numbers = List.copyOf(numbers);
        }
    }

    /** One line each. */
    static Content text(int status, List<String> lines) {
        StringBuilder body = new StringBuilder();
        lines.forEach(line -> body.append(line).append('\n'));
        return new Content(status, "text/plain; charset=utf-8", body.toString());
    }

    /** @param policy what the page may do and load, for the field {@code Content-Security-Policy} */
    static Content html(String body, String policy) {
        return new Content(200, "text/html; charset=utf-8", body, policy);
    }

    static Content text(int status, String line) {
        return text(status, List.of(line));
    }

    /** @param members texts, numbers, truth values, lists and maps of these */
    static Content json(int status, Map<String, ?> members) {
        String body = ConfigValueFactory.fromMap(members).render(ConfigRenderOptions.concise());
        return new Content(status, "application/json", body + "\n");
    }
}
