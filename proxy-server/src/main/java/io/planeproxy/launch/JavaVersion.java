package io.planeproxy.launch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java version as Java itself writes it: {@code 1.8.0_402}, {@code 17.0.15}, {@code 26-ea}. */
final class JavaVersion {
    private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?(\\d{1,4}).*");

    private final String text;
    private final int feature;

    private JavaVersion(String text, int feature) {
        this.text = text;
        this.feature = feature;
    }

    /** A text that is no version counts as one older than all: it gets the advice, and not a stack trace. */
    static JavaVersion parse(String text) {
        Matcher matcher = FEATURE.matcher(text);
        return new JavaVersion(text, matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0);
    }

    boolean isAtLeast(int needed) {
        return feature >= needed;
    }

    /** The number that people say: 8, 17, 25. */
    int feature() {
        return feature;
    }

    @Override
    public String toString() {
        return text;
    }
}
