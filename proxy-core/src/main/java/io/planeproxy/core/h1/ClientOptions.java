package io.planeproxy.core.h1;

/**
 * What is asked of clients that speak HTTP/1.1.
 *
 * @param requestsPerConnection after so many requests a connection is closed
 */
public record ClientOptions(HeadLimits limits, ClientTimeouts timeouts, int requestsPerConnection) {
    public static final ClientOptions DEFAULT = new ClientOptions(HeadLimits.DEFAULT, ClientTimeouts.DEFAULT, 10_000);
}
