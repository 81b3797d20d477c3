package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Cause;
import java.time.Duration;
import java.util.Optional;

/** How a tunnel ended: what came first counts, whatever followed from it. */
public sealed interface TunnelEnding {

    /** A WebSocket was closed in the way of its protocol. @param by whose close frame came first */
    record Closed(Party by, Closing closing) implements TunnelEnding {}

    /**
     * A side went without a close frame, as in a tunnel of another protocol it always does.
     *
     * @param who the client or the upstream
     * @param silence since something had last come from it
     */
    record Lost(Party who, Manner manner, Duration silence) implements TunnelEnding {}

    /** The proxy ended it, and could not send a close frame, or had no reason to. @param why in plain words */
    record Stopped(Cause cause, String why) implements TunnelEnding {}

    /** In which way a side went. */
    enum Manner {
        /** It said properly that it sends nothing more. */
        ENDED("ended"),
        /** Its connection was reset, or gone. */
        BROKE("broke the connection"),
        /** It had gone before there was a tunnel. */
        GONE_AT_THE_SWITCH("was gone at the switch"),
        /** It gave no sign of life, also when it was asked for one. */
        VANISHED("vanished");

        private final String text;

        Manner(String text) {
            this.text = text;
        }
    }

    /** Who sent the first close frame; nobody where there was none. */
    default Optional<Party> closedFirst() {
        return switch (this) {
            case Closed(Party by, Closing closing) -> Optional.of(by);
            case Lost lost -> Optional.empty();
            case Stopped stopped -> Optional.empty();
        };
    }

    /** In plain words, for the access log. */
    default String words() {
        return switch (this) {
            case Closed(Party by, Closing closing) -> "closed by " + by.text() + " " + closing;
            case Lost(Party who, Manner manner, Duration silence) ->
                who.text() + " " + manner.text + " without a close" + after(silence);
            case Stopped(Cause cause, String why) -> why;
        };
    }

    private static String after(Duration silence) {
        return silence.toSeconds() >= 1 ? " after " + silence.toSeconds() + " s of silence" : "";
    }
}
