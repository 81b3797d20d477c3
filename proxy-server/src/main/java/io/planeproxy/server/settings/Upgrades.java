package io.planeproxy.server.settings;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which protocols a client may switch to, by the {@code Upgrade} field (RFC 9110 section 7.8). */
public sealed interface Upgrades {

    /** Whatever client and upstream agree on. */
    record Any() implements Upgrades {
        @Override
        public String toString() {
            return "any";
        }
    }

    /**
     * Only these.
     *
     * @param protocols in lower case, such as {@code websocket}; none means that no upgrade is passed on
     */
    record Only(Set<String> protocols) implements Upgrades {
        /** Characters of a token, RFC 9110 section 5.6.2, and a version after a slash. */
        private static final Pattern PROTOCOL =
                Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+(/[A-Za-z0-9!#$%&'*+.^_`|~-]+)?");

        public Only {
            protocols = Set.copyOf(protocols);
        }

        @Override
        public String toString() {
            return new TreeSet<>(protocols).toString();
        }
    }

    static String parseProtocol(String text) throws Unreadable {
        if (!Only.PROTOCOL.matcher(text).matches()) {
            throw new Unreadable(
                    "the name of a protocol as it stands in the Upgrade field", "write for example [websocket]");
        }
        if (text.equalsIgnoreCase("any")) {
            throw new Unreadable(
                    "names of protocols in the list", "write upgrades = any, without brackets, for all of them");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
