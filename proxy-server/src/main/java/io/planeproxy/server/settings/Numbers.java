package io.planeproxy.server.settings;

/** Whole numbers. */
final class Numbers {
    private Numbers() {}

    /** Numbers of the range, ends included. */
    static Form<Integer> between(int least, int most) {
        return text -> {
            String digits = text.strip();
            if (digits.matches("\\d{1,10}")) {
                long number = Long.parseLong(digits);
                if (number >= least && number <= most) {
                    return (int) number;
                }
            }
            throw new Unreadable("a whole number from " + least + " to " + most, "");
        };
    }
}
