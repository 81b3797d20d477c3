package io.planeproxy.server;

/** Why nothing is served, in a sentence for the operator. */
final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
