package io.planeproxy.server.demo;

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
     * same place it comes first, in the middle of what this removes it comes behind what this puts in.
     * {@code splice.mjs} says the same for the browser, and both halves must come to the same text.
     */
    Splice after(Splice earlier) {
        if (at < earlier.at && earlier.at < end()) {
            int around = earlier.at - at + Math.max(0, end() - earlier.end());
            return new Splice(at, around + earlier.insert.length(), insert + earlier.insert);
        }
        int start = at < earlier.at ? at : Math.max(earlier.at + earlier.insert.length(), at + earlier.growth());
        if (remove == 0) {
            return new Splice(start, 0, insert);
        }
        int end =
                end() <= earlier.at ? end() : Math.max(earlier.at + earlier.insert.length(), end() + earlier.growth());
        return new Splice(start, Math.max(0, end - start), insert);
    }
}
