package io.planeproxy.core.http;

/** Whether the client waits for leave before it sends its body (RFC 9110 §10.1.1). */
public enum Expectation {
    NONE,
    CONTINUE
}
