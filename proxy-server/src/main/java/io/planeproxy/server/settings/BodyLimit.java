package io.planeproxy.server.settings;

/** How large the body of a request may be. */
public sealed interface BodyLimit {

    /** Who writes 10 means 10M, and not ten bytes; what Plane sends is larger than this in many places. */
    ByteSize LEAST_WITHOUT_UNIT = new ByteSize(64 * 1024);

    /** At most this many bytes; a body of exactly this size passes. */
    record Limited(ByteSize size) implements BodyLimit {
        @Override
        public String toString() {
            return size.toString();
        }
    }

    /** Any size. */
    record Unlimited() implements BodyLimit {
        @Override
        public String toString() {
            return "unlimited";
        }
    }

    static BodyLimit parse(String text) throws Unreadable {
        if (text.strip().equalsIgnoreCase("unlimited")) {
            return new Unlimited();
        }
        ByteSize size = ByteSize.parse(text);
        if (size.bytes() == 0) {
            throw new Unreadable("a size of at least one byte", "where nginx has 0, write unlimited");
        }
        if (size.bytes() < LEAST_WITHOUT_UNIT.bytes() && ByteSize.isWithoutUnit(text)) {
            throw new Unreadable(
                    "a size with its unit",
                    "write for example " + text.strip() + "M, or " + size + " where bytes are meant");
        }
        return new Limited(size);
    }
}
