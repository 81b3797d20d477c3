package io.planeproxy.benchmarks.sidebyside.load;

/** How clients speak to the proxy. */
public enum Security {
    PLAIN("http"),
    TLS("https");

    private final String scheme;

    Security(String scheme) {
        this.scheme = scheme;
    }

    String scheme() {
        return scheme;
    }
}
