package io.planeproxy.core.http;

/** How the client spoke to the edge: plain or over TLS. */
public enum Scheme {
    HTTP("http", 80),
    HTTPS("https", 443);

    private final String text;
    private final int defaultPort;

    Scheme(String text, int defaultPort) {
        this.text = text;
        this.defaultPort = defaultPort;
    }

    /** As it stands in a URL and in X-Forwarded-Proto. */
    public String text() {
        return text;
    }

    /** The TCP port that is meant where none is named. */
    public int defaultPort() {
        return defaultPort;
    }
}
