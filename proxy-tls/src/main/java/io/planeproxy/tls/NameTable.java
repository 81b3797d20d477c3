package io.planeproxy.tls;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What serves which host name: the exact name, else a wildcard for its first label (RFC 9525, section 6.3), else the
 * default. Letter case and a final dot mean nothing.
 */
final class NameTable<T> {
    private final T byDefault;
    private final Map<String, T> byName;

    NameTable(T byDefault, Map<String, T> byName) {
        this.byDefault = byDefault;
        this.byName = Map.copyOf(byName);
    }

    static <T> NameTable<T> of(Identities identities, Function<ServerIdentity, T> made) {
        var byName = new HashMap<String, T>();
        identities.byName().forEach((name, identity) -> byName.put(name, made.apply(identity)));
        return new NameTable<>(made.apply(identities.byDefault()), byName);
    }

    T byDefault() {
        return byDefault;
    }

    T choose(String asked) {
        var host = tidy(asked);
        var exact = byName.get(host);
        if (exact != null) {
            return exact;
        }
        var byWildcard = wildcard(host);
        return byWildcard == null ? byDefault : byWildcard;
    }

    private @Nullable T wildcard(String host) {
        int dot = host.indexOf('.');
        return dot > 0 ? byName.get("*" + host.substring(dot)) : null;
    }

    private static String tidy(String asked) {
        var lower = asked.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
