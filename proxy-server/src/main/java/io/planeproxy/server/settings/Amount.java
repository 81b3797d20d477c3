package io.planeproxy.server.settings;

/** A number that the program chooses by the machine where the operator does not. */
public sealed interface Amount {

    /** By the machine. */
    record Automatic() implements Amount {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** As the operator says. */
    record Exactly(int number) implements Amount {
        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    static Form<Amount> upTo(int most) {
        Form<Integer> number = Numbers.between(1, most);
        return text -> {
            if (text.strip().equalsIgnoreCase("auto")) {
                return new Automatic();
            }
            try {
                return new Exactly(number.parse(text));
            } catch (Unreadable e) {
                throw new Unreadable("auto, or " + e.expected(), e.advice());
            }
        };
    }
}
