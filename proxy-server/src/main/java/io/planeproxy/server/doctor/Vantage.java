package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Way;

/** A place to ask Plane from, nearer or further away. */
sealed interface Vantage {
    String DIRECT = "straight to Plane";
    String HERE = "through this proxy";
    String PUBLIC = "as browsers come";

    /** It can be asked from there. */
    record Open(Way way) implements Vantage {
        @Override
        public String words() {
            return way.words();
        }
    }

    /** It cannot, and no check need try. */
    record Closed(String words, String why) implements Vantage {}

    /** As findings call it. */
    String words();
}
