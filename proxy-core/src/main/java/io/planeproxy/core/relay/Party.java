package io.planeproxy.core.relay;

/** Who can bring a tunnel to its end. */
public enum Party {
    CLIENT("client"),
    UPSTREAM("upstream"),
    PROXY("the proxy");

    private final String text;

    Party(String text) {
        this.text = text;
    }

    /** As it stands in a sentence. */
    public String text() {
        return text;
    }
}
