package io.planeproxy.benchmarks.sidebyside.load;

/** Whether a client offers what it remembers of an earlier handshake. */
public enum Sessions {
    FULL,
    RESUMED
}
