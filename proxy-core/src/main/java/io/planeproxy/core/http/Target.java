package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;

/**
 * What a request asks for. {@link #raw()} is forwarded byte for byte; {@link #normalPath()} is what routes are matched
 * against. Both mean the same: a path whose meaning depends on who reads it is refused.
 */
public final class Target {
    /** {@code OPTIONS *} (RFC 9112 §3.2.4). */
    public static final Target ASTERISK = new Target("*", "*");

    private final String raw;
    private final String normalPath;

    private Target(String raw, String normalPath) {
        this.raw = raw;
        this.normalPath = normalPath;
    }

    /** @throws Rejection if the text is no origin-form target with a path of one meaning */
    static Target origin(String raw) throws Rejection {
        if (!raw.startsWith("/")) {
            throw new Rejection(Cause.MALFORMED_TARGET, raw);
        }
        int query = raw.indexOf('?');
        String path = query < 0 ? raw : raw.substring(0, query);
        return new Target(raw, NormalPath.of(path));
    }

    /** Path and query exactly as the client sent them. */
    public String raw() {
        return raw;
    }

    /** The path with the encodings of unreserved characters undone (RFC 3986 §6.2.2.2) and nothing else changed. */
    public String normalPath() {
        return normalPath;
    }

    /** The path and query for a log: the query may hold a secret and is left out. */
    @Override
    public String toString() {
        int query = raw.indexOf('?');
        return query < 0 ? raw : raw.substring(0, query) + "?…";
    }
}
