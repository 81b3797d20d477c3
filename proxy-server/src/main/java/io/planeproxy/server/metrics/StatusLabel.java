package io.planeproxy.server.metrics;

import java.util.OptionalInt;

/** The classes of statuses (RFC 9110 §15). */
enum StatusLabel {
    NONE("none"),
    INFORMATIONAL("1xx"),
    SUCCESSFUL("2xx"),
    REDIRECTION("3xx"),
    CLIENT_ERROR("4xx"),
    SERVER_ERROR("5xx"),
    OTHER("other");

    private final String text;

    StatusLabel(String text) {
        this.text = text;
    }

    static StatusLabel of(OptionalInt status) {
        if (status.isEmpty()) {
            return NONE;
        }
        return switch (status.getAsInt() / 100) {
            case 1 -> INFORMATIONAL;
            case 2 -> SUCCESSFUL;
            case 3 -> REDIRECTION;
            case 4 -> CLIENT_ERROR;
            case 5 -> SERVER_ERROR;
            default -> OTHER;
        };
    }

    String text() {
        return text;
    }
}
