package io.planeproxy.core.relay;

/** Joins two sides that have agreed to switch protocols. */
public interface TunnelOpener {
    void open(Switched switched);
}
