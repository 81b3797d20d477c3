package io.planeproxy.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.DefaultJoranConfigurator;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.status.NopStatusListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code logback.xml} says that comes with the program, said in Java: to read it as XML would be a tenth of the start. Any
 * other file, wherever Logback finds one, is left to Logback. Found by it as a service.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class StandardLogs extends DefaultJoranConfigurator {
    private static final String STANDARD_FILE = "/logback.xml";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (!isStandard(performMultiStepConfigurationFileSearch(true))) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        context.getStatusManager().add(new NopStatusListener());

        Appender<ILoggingEvent> stderr = console(
                context, "stderr", "System.err", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n");
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(queued(context, "program", stderr, 1024));

        Appender<ILoggingEvent> stdout = console(context, "stdout", "System.out", "%msg%n");
        Logger access = context.getLogger("plane-proxy.access");
        access.setLevel(Level.INFO);
        access.setAdditive(false);
        access.addAppender(queued(context, "access", stdout, 16_384));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** An operator finds a copy to edit: as long as nobody did, it is the same file, wherever it lies. */
    private static boolean isStandard(@Nullable URL file) {
        URL standard = StandardLogs.class.getResource(STANDARD_FILE);
        if (file == null || standard == null) {
            return false;
        }
        try (InputStream one = file.openStream();
                InputStream other = standard.openStream()) {
            return Arrays.equals(one.readAllBytes(), other.readAllBytes());
        } catch (IOException unreadable) {
            // Logback tells of it.
            return false;
        }
    }

    private static Appender<ILoggingEvent> console(LoggerContext context, String name, String target, String pattern) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setParent(appender);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setName(name);
        appender.setTarget(target);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Appender<ILoggingEvent> queued(
            LoggerContext context, String name, Appender<ILoggingEvent> behind, int lines) {
        QueuedAppender appender = new QueuedAppender();
        appender.setContext(context);
        appender.setName(name);
        appender.addAppender(behind);
        appender.setQueueSize(lines);
        appender.start();
        return appender;
    }
}
