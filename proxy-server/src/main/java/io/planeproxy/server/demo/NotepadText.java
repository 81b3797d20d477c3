package io.planeproxy.server.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The text that all windows share, and the last edits that made it: an edit made on an older revision is moved to where
 * it belongs now, so that two people who type at once both keep what they typed.
 */
final class NotepadText {
    /** The longest text, in UTF-16 units. */
    static final int LIMIT = 20_000;

    /** How many revisions behind a window may be. */
    private static final int REMEMBERED = 256;

    private final StringBuilder text = new StringBuilder();
    private final Deque<Splice> history = new ArrayDeque<>();
    private int revision;

    /** What became of an edit. */
    sealed interface Edit {
        /** The edit as it was made, which is where every window must make it too. */
        record Made(int revision, Splice splice) implements Edit {}

        /** Nothing changed; the window needs the text anew. */
        record Refused(String why) implements Edit {}
    }

    Edit edit(int base, Splice wanted) {
        if (base > revision || base < revision - history.size()) {
            return new Edit.Refused("The edit was made on revision " + base + " and the text is at " + revision
                    + ". Here is the text as it is now.");
        }
        Splice splice = wanted;
        for (Splice earlier :
                history.stream().skip(history.size() - (revision - base)).toList()) {
            splice = splice.after(earlier);
        }
        if (splice.end() > text.length()) {
            return new Edit.Refused("The edit ends at " + splice.end() + " and the text at " + text.length()
                    + ". Here is the text as it is now.");
        }
        if (text.length() + splice.growth() > LIMIT) {
            return new Edit.Refused("The notepad holds " + LIMIT + " characters, and this edit went over that.");
        }
        return make(splice);
    }

    private Edit make(Splice splice) {
        text.replace(splice.at(), splice.end(), splice.insert());
        history.addLast(splice);
        if (history.size() > REMEMBERED) {
            history.removeFirst();
        }
        revision++;
        return new Edit.Made(revision, splice);
    }

    int revision() {
        return revision;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
