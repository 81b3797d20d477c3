package io.planeproxy.server.demo;

import java.util.List;

/**
 * One edit: at a place, some characters go and others come.
 *
 * @param at where, in UTF-16 units from the start of the text
 * @param remove how many units go
 * @param insert what comes instead
 */
record Splice(int at, int remove, String insert) {
    Splice {
        if (at < 0 || remove < 0) {
            throw new IllegalArgumentException(
                    "A splice at " + at + " that removes " + remove + "; both were expected to be 0 or more.");
        }
    }

    int end() {
        return at + remove;
    }

    /** How much longer the text is afterwards; negative where it is shorter. */
    int growth() {
        return insert.length() - remove;
    }

    /**
     * The same intention, on a text in which {@code earlier} has already happened. What somebody else typed stays: at the
     * same place it comes first, in the middle of what this removes it comes behind what this puts in, and this becomes
     * two. {@code splice.mjs} says the same for the browser, and both halves must come to the same text.
     *
     * @return splices of that one text that do not overlap, in the order of their places
     */
    List<Splice> after(Splice earlier) {
        if (at < earlier.at && earlier.at < end()) {
            return around(earlier);
        }
        int start = at < earlier.at ? at : Math.max(earlier.at + earlier.insert.length(), at + earlier.growth());
        if (remove == 0) {
            return List.of(new Splice(start, 0, insert));
        }
        int end =
                end() <= earlier.at ? end() : Math.max(earlier.at + earlier.insert.length(), end() + earlier.growth());
        return List.of(new Splice(start, Math.max(0, end - start), insert));
    }

    private List<Splice> around(Splice earlier) {
        Splice front = new Splice(at, earlier.at - at, insert);
        int left = end() - earlier.end();
        return left > 0 ? List.of(front, new Splice(earlier.at + earlier.insert.length(), left, "")) : List.of(front);
    }
}
