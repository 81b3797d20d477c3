package io.planeproxy.core.route;

import io.planeproxy.core.http.Authority;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * From which pages a WebSocket may be opened, against cross-site WebSocket hijacking: the browser sends the page's Origin
 * (RFC 6455 §10.2) and the user's cookies with it. A request without Origin does not come from a page and passes.
 */
public sealed interface Origins {
    Origins ANY = new Any();
    Origins SAME = new Same();

    /** From everywhere, as nginx does. */
    record Any() implements Origins {}

    /** Only from the host that is asked for. */
    record Same() implements Origins {}

    /** Only from these, each {@code scheme://host} with a port where it is not the default, in lower case. */
    record Listed(Set<String> origins) implements Origins {
        public Listed {
            origins = Set.copyOf(origins);
        }
    }

    /** Whether the page that sent this upgrade may. */
    default boolean admit(RequestHead head) {
        List<String> sent = head.fields().all(KnownField.ORIGIN);
        if (sent.isEmpty()) {
            return true;
        }
        String origin = sent.getFirst().toLowerCase(Locale.ROOT);
        return switch (this) {
            case Any() -> true;
            case Same() -> sent.size() == 1 && isSame(origin, head.authority());
            case Listed(Set<String> origins) -> sent.size() == 1 && origins.contains(origin);
        };
    }

    /**
     * Compares host and port; the scheme may differ, since TLS may end at another proxy in front. A default port on either
     * side is the same as none.
     */
    private static boolean isSame(String origin, Optional<Authority> host) {
        for (Scheme scheme : Scheme.values()) {
            String prefix = scheme.text() + "://";
            if (origin.startsWith(prefix) && host.isPresent()) {
                return Authority.of(origin.substring(prefix.length()))
                        .filter(page -> page.names(host.get(), scheme))
                        .isPresent();
            }
        }
        return false;
    }
}
