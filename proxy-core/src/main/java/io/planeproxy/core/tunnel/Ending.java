package io.planeproxy.core.tunnel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the words for how a tunnel ended: who closed it first and how, or who was lost. */
final class Ending {
    private static final long WORTH_TELLING_SECONDS = 1;

    private @Nullable String firstClose;

    /** A close frame passed. @param who the side that sent it */
    void closed(String who, Closing closing) {
        if (firstClose == null) {
            firstClose = "closed by " + who + " " + closing;
        }
    }

    /** The proxy sends close frames of its own. */
    void closedByProxy(int code) {
        if (firstClose == null) {
            firstClose = "closed by the proxy " + code;
        }
    }

    /** A side ended its connection, or its half, and has sent no close frame. @param silence since it last sent something */
    void ended(String who, Duration silence) {
        if (firstClose == null) {
            firstClose = who + " ended without a close" + after(silence);
        }
    }

    /** In plain words. @param otherwise what is said where no close frame came first */
    String words(String otherwise) {
        return firstClose == null ? otherwise : firstClose;
    }

    /** In plain words, where a side broke off. @param silence since it last sent something */
    String words(String who, String how, Duration silence) {
        return words(who + " " + how + " without a close" + after(silence));
    }

    private static String after(Duration silence) {
        return silence.toSeconds() >= WORTH_TELLING_SECONDS ? " after " + silence.toSeconds() + " s of silence" : "";
    }
}
