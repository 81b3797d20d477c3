package io.planeproxy.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandardLogsTest {
    private static final String FILE_PROPERTY = "logback.configurationFile";
    private static final Path STANDARD = Path.of("src/main/resources/logback.xml");

    private final LoggerContext context = new LoggerContext();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        System.clearProperty(FILE_PROPERTY);
        context.stop();
    }

    @Test
    void theyAreWhatTheFileSays() throws Exception {
        assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, configured(STANDARD));
        LoggerContext byTheFile = new LoggerContext();
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(byTheFile);
        joran.doConfigure(STANDARD.toFile());
        try {
            List<String> said = described(byTheFile);
            assertTrue(said.contains("plane-proxy.access INFO apart"), said::toString);
            assertEquals(said, described(context));
        } finally {
            byTheFile.stop();
        }
    }

    @Test
    void aCopyOfTheFileIsTheSame() throws IOException {
        assertEquals(
                ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY,
                configured(Files.copy(STANDARD, folder.resolve("logback.xml"))));
    }

    @Test
    void aFileInWhichOneLetterIsOtherwiseIsLeftToLogback() throws IOException {
        Path edited = Files.writeString(
                folder.resolve("logback.xml"), Files.readString(STANDARD).replace("\"INFO\"", "\"WARN\""));
        assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, configured(edited));
        assertEquals(List.of("ROOT DEBUG additive"), described(context));
    }

    @Test
    void aFileThatIsNotThereIsLeftToLogback() {
        assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, configured(folder.resolve("logback.xml")));
    }

    private ExecutionStatus configured(Path file) {
        System.setProperty(FILE_PROPERTY, file.toUri().toString());
        StandardLogs logs = new StandardLogs();
        logs.setContext(context);
        return logs.configure(context);
    }

    private static List<String> described(LoggerContext context) {
        List<String> lines = new ArrayList<>();
        context.getStatusManager()
                .getCopyOfStatusListenerList()
                .forEach(listener -> lines.add(listener.getClass().getSimpleName()));
        for (Logger logger : context.getLoggerList()) {
            if (logger.getLevel() != null) {
                lines.add(logger.getName() + " " + logger.getLevel() + (logger.isAdditive() ? " additive" : " apart"));
            }
            describe(logger.iteratorForAppenders(), "  ", lines);
        }
        return lines;
    }

    private static void describe(Iterator<Appender<ILoggingEvent>> appenders, String indent, List<String> lines) {
        while (appenders.hasNext()) {
            Appender<ILoggingEvent> appender = appenders.next();
            String common = indent + appender.getName() + (appender.isStarted() ? " started" : " stopped");
            switch (appender) {
                case QueuedAppender queued -> {
                    lines.add(common + " of " + queued.queueSize());
                    describe(queued.iteratorForAppenders(), indent + "  ", lines);
                }
                case ConsoleAppender<ILoggingEvent> console -> {
                    PatternLayoutEncoder encoder = (PatternLayoutEncoder) console.getEncoder();
                    lines.add(common + " to " + console.getTarget() + " flushing " + console.isImmediateFlush() + " "
                            + encoder.getCharset() + " " + encoder.getPattern());
                }
                default -> throw new AssertionError(appender + "; expected a queue or a console");
            }
        }
    }
}
