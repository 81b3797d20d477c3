package io.planeproxy.server.doctor;

/** What came of looking at one thing. */
public sealed interface Outcome {

    /** It is as it should be. */
    record Ok(String seen) implements Outcome {}

    /**
     * It works, or may work, and wants a look.
     *
     * @param fix what to do, in one line
     */
    record Warning(String seen, String fix) implements Outcome {}

    /**
     * It is what keeps something from working.
     *
     * @param fix what to do, in one line
     */
    record Failed(String seen, String fix) implements Outcome {}

    /** It could not be looked at, or there was no reason to. */
    record Skipped(String why) implements Outcome {}
}
