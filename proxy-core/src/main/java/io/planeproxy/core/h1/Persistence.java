package io.planeproxy.core.h1;

import io.planeproxy.core.http.HttpVersion;

/** What becomes of a connection behind the reply that is under way, or comes next (RFC 9112 §9.3). */
enum Persistence {
    KEEP,
    CLOSE;

    /** Tells a client of that version; may be empty. */
    String line(HttpVersion version) {
        return switch (this) {
            case CLOSE -> "Connection: close\r\n";
            case KEEP ->
                switch (version) {
                    case HTTP_1_1 -> "";
                    case HTTP_1_0 -> "Connection: keep-alive\r\n";
                };
        };
    }
}
