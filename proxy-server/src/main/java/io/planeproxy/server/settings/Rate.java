package io.planeproxy.server.settings;

/** How often one client address may come. */
public sealed interface Rate {

    /** As often as it likes. */
    record Off() implements Rate {
        @Override
        public String toString() {
            return "off";
        }
    }

    /**
     * So often.
     *
     * @param perSecond requests in the long run, at least 1
     * @param burst how many may come at once on top of that
     */
    record Limited(int perSecond, int burst) implements Rate {}

    /** What the key {@code rate-limit} says: off, or a section. */
    static Field<Rate> read(Section root) {
        String key = "rate-limit";
        if (root.isWord(key, "off")) {
            return new Field.Found<>(new Off());
        }
        Section section = root.section(key);
        Field<Bound> perSecond = section.value("per-second", Bound.upTo(1_000_000));
        Field<Integer> burst = section.value("burst", Numbers.between(0, 1_000_000));
        return section.whole(() -> switch (perSecond.value()) {
            case Bound.Off() -> {
                burst.value();
                yield new Off();
            }
            case Bound.Of(int number) -> new Limited(number, burst.value());
        });
    }
}
