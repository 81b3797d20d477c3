package io.planeproxy.core.relay;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What timers, futures and the event loop's queue call back. Netty only logs what such a call throws, or keeps it to itself, and
 * whoever waits for it would wait for ever; here it is told to who can end what the call was for.
 */
public final class Callbacks {
    private final EventLoop loop;
    private final Consumer<Throwable> fault;

    /** @param fault is told what a call has thrown, on the event loop; ends what the call was for */
    public Callbacks(EventLoop loop, Consumer<Throwable> fault) {
        this.loop = loop;
        this.fault = fault;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Once, when that time is over. */
    public Future<?> after(Duration delay, Runnable work) {
        return loop.schedule(() -> run(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Again and again, until the event loop ends. */
    public void every(Duration period, Runnable work) {
        loop.scheduleAtFixedRate(() -> run(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Behind what the event loop is doing now. */
    public void soon(Runnable work) {
        loop.execute(() -> run(work));
    }

    /** Now, where this is the event loop, and otherwise as soon as it comes to it. */
    public void onLoop(Runnable work) {
        if (loop.inEventLoop()) {
            run(work);
        } else {
            soon(work);
        }
    }

    /** When that is done, however it went. */
    public void when(io.netty.util.concurrent.Future<?> done, Runnable work) {
        done.addListener(is -> onLoop(work));
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error thrown) {
            fault.accept(thrown);
        }
    }
}
