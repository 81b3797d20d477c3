package io.planeproxy.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.Patience;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class QueuedAppenderTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("lines");
    private final Slow slow = new Slow();
    private final QueuedAppender queued = new QueuedAppender();

    /** Writes a line only when it is let. */
    private static final class Slow extends AppenderBase<ILoggingEvent> {
        private final Gate firstCame = new Gate("a line came to be written");
        private final Gate mayWrite = new Gate("a line may be written");
        private final Queue<String> written = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            firstCame.open();
            mayWrite.await();
            written.add(event.getFormattedMessage());
        }
    }

    @Test
    void whoLogsNeverWaitsAndWhatIsTooMuchIsCounted() {
        start(3);
        logger.info("first");
        slow.firstCame.await();
        IntStream.range(0, 10).forEach(i -> logger.info("{}", i));
        assertEquals(7, queued.dropped());
        slow.mayWrite.open();
        queued.stop();
        assertEquals(List.of("first", "0", "1", "2"), List.copyOf(slow.written));
    }

    @Test
    void whatWasDroppedIsToldInTheLogOfTheProgram() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                told.add(event.getLevel() + " " + event.getFormattedMessage());
            }
        };
        Logger program = (Logger) LoggerFactory.getLogger(QueuedAppender.class);
        listener.start();
        program.addAppender(listener);
        start(1);
        logger.info("first");
        slow.firstCame.await();
        IntStream.range(0, 5).forEach(i -> logger.info("{}", i));
        slow.mayWrite.open();
        String line = told.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        program.detachAppender(listener);
        queued.stop();
        assertTrue(line != null && line.startsWith("WARN 4 lines of the log \"access\" were dropped"), line);
    }

    @Test
    void whatWaitsIsWrittenBeforeTheEnd() {
        slow.mayWrite.open();
        start(1000);
        IntStream.range(0, 1000).forEach(i -> logger.info("{}", i));
        queued.stop();
        assertEquals(1000, slow.written.size() + queued.dropped());
        assertEquals(0, queued.dropped());
    }

    @Test
    void aLineSaysWhatItSaidWhenItWasLogged() {
        start(10);
        StringBuilder changing = new StringBuilder("before");
        logger.info("{}", changing);
        changing.append(", after");
        slow.mayWrite.open();
        queued.stop();
        assertEquals(List.of("before"), List.copyOf(slow.written));
    }

    @Test
    void theEndDoesNotWaitForAWriterThatHangs() {
        start(1);
        logger.info("stuck");
        slow.firstCame.await();
        queued.stop();
        assertTrue(slow.written.isEmpty());
        slow.mayWrite.open();
    }

    private void start(int lines) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        slow.setContext(context);
        slow.start();
        queued.setContext(context);
        queued.setName("access");
        queued.setQueueSize(lines);
        queued.addAppender(slow);
        queued.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(queued);
    }
}
