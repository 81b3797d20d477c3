package io.planeproxy.core.relay;

/** Something that bytes are sent to. */
public interface Sink {
    /** Whether it takes more without queueing beyond its watermark. */
    boolean isWritable();
}
