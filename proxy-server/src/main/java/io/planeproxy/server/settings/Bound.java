package io.planeproxy.server.settings;

/** A limit that may be switched off. */
public sealed interface Bound {

    /** No limit. */
    record Off() implements Bound {
        @Override
        public String toString() {
            return "off";
        }
    }

    /** At most, or for a rate at least, this many. */
    record Of(int number) implements Bound {
        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /** Limits from 1 on. */
    static Form<Bound> upTo(int most) {
        Form<Integer> number = Numbers.between(1, most);
        return text -> {
            if (text.strip().equalsIgnoreCase("off")) {
                return new Off();
            }
            try {
                return new Of(number.parse(text));
            } catch (Unreadable e) {
                throw new Unreadable("off, or " + e.expected(), e.advice());
            }
        };
    }
}
