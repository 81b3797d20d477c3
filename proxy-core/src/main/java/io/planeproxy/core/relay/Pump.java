package io.planeproxy.core.relay;

/**
 * The only back-pressure there is: after each piece that moved it looks whether the sink takes more, and stops the source
 * until it does. What is queued is so bounded by the sink's watermark and one read.
 */
public final class Pump {
    private final Source source;
    private final Sink sink;
    private boolean paused;

    public Pump(Source source, Sink sink) {
        this.source = source;
        this.sink = sink;
    }

    /** Something that bytes come from. */
    public interface Source {
        void pause();

        void resume();
    }

    /** A piece has been passed on. */
    public void moved() {
        if (!paused && !sink.isWritable()) {
            paused = true;
            source.pause();
        }
    }

    /** The sink takes more again. */
    public void drained() {
        if (paused && sink.isWritable()) {
            paused = false;
            source.resume();
        }
    }
}
