package io.planeproxy.benchmarks;

/** How a client comes to the proxy. */
enum Way {
    PLAIN,
    TLS
}
