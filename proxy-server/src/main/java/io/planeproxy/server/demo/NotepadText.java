package io.planeproxy.server.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The text that all windows share, and the last edits that made it: an edit made on an older revision is moved to where
 * it belongs now, so that two people who type at once both keep what they typed.
 */
final class NotepadText {
    /** The longest text, in UTF-16 units. */
    static final int LIMIT = 20_000;

    /** How many revisions behind a window may be. */
    private static final int REMEMBERED = 256;

    /** How many parts an edit may fall into, so that none of them costs much or pushes the others out of what is remembered. */
    private static final int MOST_PARTS = 32;

    private final StringBuilder text = new StringBuilder();
    private final Deque<Splice> history = new ArrayDeque<>();
    private int revision;

    /** What became of an edit. */
    sealed interface Edit {
        /** The edit as it was made, one after the other, which is where every window must make it too. */
        record Made(List<Step> steps) implements Edit {}

        /** Nothing changed; the window needs the text anew. */
        record Refused(String why) implements Edit {}
    }

    /**
     * A part of an edit.
     *
     * @param revision the text's, once this is made
     * @param more how many steps of the same edit follow
     */
    record Step(int revision, int more, Splice splice) {}

    Edit edit(int base, Splice wanted) {
        if (base > revision || base < revision - history.size()) {
            return new Edit.Refused("The edit was made on revision " + base + " and the text is at " + revision
                    + ". Here is the text as it is now.");
        }
        List<Splice> splices = List.of(wanted);
        for (Splice earlier :
                history.stream().skip(history.size() - (revision - base)).toList()) {
            splices = splices.stream()
                    .flatMap(splice -> splice.after(earlier).stream())
                    .toList();
            if (splices.size() > MOST_PARTS) {
                return new Edit.Refused("Others typed in more than " + MOST_PARTS
                        + " places into what the edit removes. Here is the text as it is now.");
            }
        }
        int end = splices.getLast().end();
        if (end > text.length()) {
            return new Edit.Refused("The edit ends at " + end + " and the text at " + text.length()
                    + ". Here is the text as it is now.");
        }
        if (text.length() + splices.stream().mapToInt(Splice::growth).sum() > LIMIT) {
            return new Edit.Refused("The notepad holds " + LIMIT + " characters, and this edit went over that.");
        }
        return make(splices);
    }

    /** The last place first, so that the other places stay what they are. */
    private Edit make(List<Splice> splices) {
        List<Step> steps = new ArrayList<>();
        for (Splice splice : splices.reversed()) {
            text.replace(splice.at(), splice.end(), splice.insert());
            history.addLast(splice);
            if (history.size() > REMEMBERED) {
                history.removeFirst();
            }
            revision++;
            steps.add(new Step(revision, splices.size() - 1 - steps.size(), splice));
        }
        return new Edit.Made(List.copyOf(steps));
    }

    int revision() {
        return revision;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
