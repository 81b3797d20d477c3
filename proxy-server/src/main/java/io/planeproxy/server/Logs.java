package io.planeproxy.server;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The logs as a whole. Lines are written by a thread of their own, so that no event loop waits for a terminal or a disk. */
final class Logs {
    private Logs() {}

    /** Writes what is still waiting to be written; to be called once, when nothing more will be logged. */
    static void finish() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.stop();
        }
    }
}
