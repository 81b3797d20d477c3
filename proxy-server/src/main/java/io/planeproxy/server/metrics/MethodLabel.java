package io.planeproxy.server.metrics;

import io.planeproxy.core.http.Method;

/** The methods that are told apart: clients can make up others without end. */
enum MethodLabel {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    OTHER("other");

    private final String text;

    MethodLabel() {
        this.text = name();
    }

    MethodLabel(String text) {
        this.text = text;
    }

    static MethodLabel of(Method method) {
        return switch (method.name()) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            default -> OTHER;
        };
    }

    String text() {
        return text;
    }
}
