package io.planeproxy.benchmarks.sidebyside;

import java.util.Locale;

/** Numbers for people: thousands apart, and no more digits than mean something. */
final class Text {
    private Text() {}

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
