package io.planeproxy.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.planeproxy.server.logging.QueuedAppender;
import io.planeproxy.server.settings.LogLevel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/** The logs as a whole. Lines are written by a thread of their own, so that no event loop waits for a terminal or a disk. */
final class Logs {
    private static final Optional<Level> AS_LOGBACK_SAYS = root().map(Logger::getLevel);

    private Logs() {}

    /** From which level on lines are written, from now on. */
    static void level(LogLevel level) {
        Optional<Level> next = level == LogLevel.AUTO ? AS_LOGBACK_SAYS : Optional.of(Level.toLevel(level.name()));
        root().ifPresent(root -> next.ifPresent(root::setLevel));
    }

    private static Optional<Logger> root() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
                ? Optional.of(logback.getLogger(Logger.ROOT_LOGGER_NAME))
                : Optional.empty();
    }

    /** How many lines of each log came faster than they could be written. */
    static Map<String, Long> dropped() {
        Map<String, Long> lines = new TreeMap<>();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLoggerList()
                    .forEach(logger -> logger.iteratorForAppenders().forEachRemaining(appender -> {
                        if (appender instanceof QueuedAppender queued) {
                            lines.put(queued.getName(), queued.dropped());
                        }
                    }));
        }
        return lines;
    }

    /** Writes what is still waiting to be written; to be called once, when nothing more will be logged. */
    static void finish() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.stop();
        }
    }
}
