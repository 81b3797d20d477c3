package io.planeproxy.server.nginx;

import java.util.List;

/** What becomes of a directive. */
sealed interface Verdict {

    /**
     * It is in the configuration now.
     *
     * @param values what it gives keys of this proxy; listeners and upstreams, which are put together of several directives, are not
     *     among them
     * @param to as the operator sees it
     */
    record Converted(List<Value> values, String to) implements Verdict {
        public Converted {
            values = List.copyOf(values);
        }

        static Converted to(String text) {
            return new Converted(List.of(), text);
        }
    }

    /**
     * It is in the configuration now, but means less, more or something else there.
     *
     * @param missing what differs, and what to do
     */
    record Partly(List<Value> values, String to, String missing) implements Verdict {
        public Partly {
            values = List.copyOf(values);
        }
    }

    /** Nothing is lost without it. */
    record NotNeeded(String why) implements Verdict {}

    /** Clients, Plane or the operator would notice. */
    record NotSupported(String why) implements Verdict {}

    /** Whether something that changes behaviour was not carried over. */
    default boolean loses() {
        return switch (this) {
            case Converted _, NotNeeded _ -> false;
            case Partly _, NotSupported _ -> true;
        };
    }

    /** What it gives keys of this proxy. */
    default List<Value> given() {
        return switch (this) {
            case Converted(List<Value> values, String _) -> values;
            case Partly(List<Value> values, String _, String _) -> values;
            case NotNeeded _, NotSupported _ -> List.of();
        };
    }
}
