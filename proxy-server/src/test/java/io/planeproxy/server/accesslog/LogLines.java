package io.planeproxy.server.accesslog;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.planeproxy.core.kit.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What one logger is told while this is open. */
public final class LogLines implements AutoCloseable {
    private final Logger logger;
    /** Null where it is the one of the logger above, which must stay so. */
    private final @Nullable Level before;

    private final boolean additive;
    private final Memory memory = new Memory();

    private static final class Memory extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    }

    public LogLines(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        before = logger.getLevel();
        additive = logger.isAdditive();
        memory.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(memory);
    }

    public String next() throws InterruptedException {
        String line = memory.lines.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError("nothing more was logged to " + logger.getName());
        }
        return line;
    }

    /** What nobody has asked for yet. */
    public List<String> rest() {
        List<String> rest = new ArrayList<>();
        memory.lines.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {
        logger.detachAppender(memory);
        logger.setLevel(before);
        logger.setAdditive(additive);
    }
}
