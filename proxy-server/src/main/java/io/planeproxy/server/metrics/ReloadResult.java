package io.planeproxy.server.metrics;

/** What became of an attempt to put another configuration into service. */
public enum ReloadResult {
    APPLIED("applied"),
    /** It has a problem; the one before stays. */
    REFUSED("refused");

    private final String text;

    ReloadResult(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
