package io.planeproxy.core.exchange;

import io.planeproxy.core.route.BodyLimit;

/** How much more of a request body may pass. */
sealed interface Budget {
    /**
     * @param left bytes that may still pass
     * @param limit the whole, for the message that tells of it
     */
    record Limited(long left, long limit) implements Budget {}

    record Endless() implements Budget {}

    Budget ENDLESS = new Endless();

    static Budget of(BodyLimit limit) {
        return switch (limit) {
            case BodyLimit.Bytes(long most) -> new Limited(most, most);
            case BodyLimit.Unlimited() -> ENDLESS;
        };
    }
}
