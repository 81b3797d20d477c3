package io.planeproxy.server.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From which pages a WebSocket may be opened (RFC 6455 section 10.2). */
public sealed interface WebSocketOrigins {

    /** From every page. */
    record Any() implements WebSocketOrigins {
        @Override
        public String toString() {
            return "any";
        }
    }

    /** From pages of the host that is asked for. */
    record Same() implements WebSocketOrigins {
        @Override
        public String toString() {
            return "same";
        }
    }

    /** From these, as browsers write them: lower case, and no port where it is the usual one. */
    record Listed(Set<String> origins) implements WebSocketOrigins {
        public Listed {
            origins = Set.copyOf(origins);
        }

        @Override
        public String toString() {
            return new TreeSet<>(origins).toString();
        }
    }

    /** An Origin as RFC 6454 section 6.2 writes it; the host as RFC 3986 has it, without escapes. */
    Pattern ORIGIN = Pattern.compile("(https?)://(\\[[0-9a-f:.]+]|[a-z0-9._~-]+)(?::(\\d{1,5}))?");

    /** What the key {@code origins} of a section says. */
    static Field<WebSocketOrigins> read(Section section) {
        String key = "origins";
        if (section.isWord(key, "any")) {
            return new Field.Found<>(new Any());
        }
        if (section.isWord(key, "same")) {
            return new Field.Found<>(new Same());
        }
        Field<List<String>> origins = section.values(
                key, WebSocketOrigins::parse, "any, same, or a list such as [\"https://plane.example\"]");
        if (section.isEmptyList(key)) {
            section.problem(
                    key,
                    "no origin",
                    "any, same, or at least one",
                    "write upgrades = [] to pass on no WebSocket, or list an origin");
        }
        return Field.whole(() -> new Listed(Set.copyOf(origins.value())));
    }

    private static String parse(String text) throws Unreadable {
        Matcher written = ORIGIN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!written.matches()) {
            throw new Unreadable(
                    "an origin: http or https, a host, and the port where it is not the usual one; no path",
                    "write for example \"https://plane.example\"");
        }
        String port = written.group(3);
        boolean usual =
                port == null || Integer.parseInt(port) == (written.group(1).equals("https") ? 443 : 80);
        return written.group(1) + "://" + written.group(2) + (usual ? "" : ":" + Integer.parseInt(port));
    }
}
