package io.planeproxy.core.kit;

/** All that came until the peer's end, and how it ended. */
public record Rest(byte[] bytes, Ending ending) {
    public String text() {
        return Wire.text(bytes);
    }

    @Override
    public String toString() {
        return Wire.show(bytes) + ", then " + ending;
    }
}
