package io.planeproxy.core.http;

/** The version that a peer speaks; everything from HTTP/1.1 to HTTP/1.9 is read as HTTP/1.1 (RFC 9112 §2.3). */
public enum HttpVersion {
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1");

    private final String text;

    HttpVersion(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
