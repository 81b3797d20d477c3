package io.planeproxy.benchmarks.sidebyside.load;

/** A load that did not come through; its figures would mean nothing. The message says what was seen. */
public final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LoadFailure(String seen) {
        super(seen);
    }

    LoadFailure(String seen, Throwable cause) {
        super(seen, cause);
    }
}
