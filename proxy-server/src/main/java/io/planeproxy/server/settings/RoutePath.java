package io.planeproxy.server.settings;

import java.util.regex.Pattern;

/**
 * The start of a path, compared by segments: {@code /live} stands for {@code /live} and {@code /live/…}, not for {@code /lively}.
 *
 * @param text {@code /}, or segments without a slash at the end
 */
public record RoutePath(String text) {
    private static final Pattern SHAPE = Pattern.compile("/|(/[A-Za-z0-9._~!$&'()+,;=:@-]+)+");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*)?");

    /** The start of every path. */
    static final RoutePath ROOT = new RoutePath("/");

    public RoutePath {
        if (!isGood(text)) {
            throw new IllegalArgumentException("path \"" + text + "\"; expected / or segments such as /live");
        }
    }

    static RoutePath parse(String text) throws Unreadable {
        String bare = text.length() > 1 && text.endsWith("/") && !text.endsWith("//")
                ? text.substring(0, text.length() - 1)
                : text;
        if (!isGood(bare)) {
            throw new Unreadable(
                    "the start of a path: a slash and whole segments, without . or .., query, % or *",
                    "write for example \"/live/\"");
        }
        return new RoutePath(bare);
    }

    private static boolean isGood(String text) {
        return SHAPE.matcher(text).matches() && !DOTS.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
