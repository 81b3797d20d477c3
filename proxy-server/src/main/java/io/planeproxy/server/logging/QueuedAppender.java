package io.planeproxy.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands lines to a thread of its own, which writes them with the appenders behind it. Whoever logs never waits: where the queue
 * is full the line is dropped, counted, and told of in the log of the program.
 */
public final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {
    private static final int DEFAULT_SIZE = 1024;
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(10);
    private static final Duration LAST_LINES = Duration.ofSeconds(2);
    private static final ILoggingEvent WAKE_UP = new LoggingEvent();

    private final AppenderAttachableImpl<ILoggingEvent> behind = new AppenderAttachableImpl<>();
    private final LongAdder dropped = new LongAdder();
    private BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(DEFAULT_SIZE);
    private @Nullable Thread writer;
    private volatile boolean ending;

    /** Called by Logback: how many lines may wait, at least 1. */
    public void setQueueSize(int lines) {
        queue = new ArrayBlockingQueue<>(lines);
    }

    int queueSize() {
        return queue.size() + queue.remainingCapacity();
    }

    /** Lines that found the queue full. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::write, "log-" + getName());
        thread.setDaemon(true);
        writer = thread;
        super.start();
        thread.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        // What it says must be what it said at this moment.
        event.prepareForDeferredProcessing();
        if (!queue.offer(event)) {
            dropped.increment();
        }
    }

    private void write() {
        Complaints complaints = new Complaints();
        while (!ending || !queue.isEmpty()) {
            Optional<ILoggingEvent> event = next();
            event.filter(line -> line != WAKE_UP).ifPresent(behind::appendLoopOnAppenders);
            complaints.look();
        }
        behind.detachAndStopAllAppenders();
    }

    private Optional<ILoggingEvent> next() {
        try {
            return Optional.ofNullable(queue.poll(1, TimeUnit.SECONDS));
        } catch (InterruptedException byNobody) {
            return Optional.empty();
        }
    }

    /** Tells of lines that were dropped, at once and then not too often. */
    private final class Complaints {
        private final Logger log = LoggerFactory.getLogger(QueuedAppender.class);
        private long told;
        private long nextAt = System.nanoTime();

        void look() {
            long now = System.nanoTime();
            long all = dropped();
            if (all > told && now - nextAt >= 0) {
                log.warn(
                        "{} lines of the log \"{}\" were dropped because they come faster than they can be written; look"
                                + " at what standard output leads to, or write fewer lines, in logback.xml",
                        all - told,
                        getName());
                told = all;
                nextAt = now + BETWEEN_COMPLAINTS.toNanos();
            }
        }
    }

    /** Writes what waits, for as long as that may take. */
    @Override
    public void stop() {
        Thread thread = writer;
        if (!isStarted() || thread == null) {
            return;
        }
        super.stop();
        ending = true;
        // Not an interrupt, which could tear what is being written. Where there is no room the writer is awake.
        queue.offer(WAKE_UP);
        try {
            thread.join(LAST_LINES);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        behind.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return behind.iteratorForAppenders();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return behind.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return behind.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        behind.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return behind.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return behind.detachAppender(name);
    }
}
