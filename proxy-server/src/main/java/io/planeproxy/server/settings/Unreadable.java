package io.planeproxy.server.settings;

/** A text that is no value of the type asked for. Says what was expected and what to do; who reads it knows what was seen. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String advice;

    Unreadable(String expected, String advice) {
        super(expected + "; " + advice);
        this.expected = expected;
        this.advice = advice;
    }

    String expected() {
        return expected;
    }

    String advice() {
        return advice;
    }
}
