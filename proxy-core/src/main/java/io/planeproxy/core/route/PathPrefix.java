package io.planeproxy.core.route;

/**
 * A prefix of whole path segments: {@code /api/} holds {@code /api/x} and not {@code /apix}. Written without the last
 * slash, {@code /uploads} also holds {@code /uploads} itself.
 */
public record PathPrefix(String text) {
    public static final PathPrefix ROOT = new PathPrefix("/");

    public PathPrefix {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a path prefix: expected it to begin with \"/\"");
        }
    }

    /** Whether a path in its normal form lies under this prefix. */
    public boolean holds(String normalPath) {
        return normalPath.startsWith(text)
                && (text.endsWith("/")
                        || normalPath.length() == text.length()
                        || normalPath.charAt(text.length()) == '/');
    }
}
