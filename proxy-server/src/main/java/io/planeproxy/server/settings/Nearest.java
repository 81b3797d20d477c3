package io.planeproxy.server.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody meant who wrote another one. */
public final class Nearest {
    private static final int ALWAYS_NEAR = 2;
    private static final int SHARE_OF_LENGTH = 3;

    private Nearest() {}

    /** The known word with the fewest edits, where these are at most two, or a third of the longer one. */
    public static Optional<String> to(String written, Collection<String> known) {
        return known.stream()
                .filter(word -> distance(written, word) <= nearEnough(written, word))
                .min(Comparator.comparingInt((String word) -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int nearEnough(String one, String other) {
        return Math.max(ALWAYS_NEAR, Math.max(one.length(), other.length()) / SHARE_OF_LENGTH);
    }

    /** Insertions, deletions and replacements of one letter (Levenshtein), without regard to case or to - against _. */
    static int distance(String one, String other) {
        String from = plain(one);
        String to = plain(other);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
