package io.planeproxy.server.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One thing to look at, or several of a kind. It changes nothing, and may block. */
interface Check {

    /** A word for it that never changes, for programs that read the findings. */
    String name();

    /** How long it may take; what is not done by then is a failure of its own. */
    default Duration limit(Patient patient) {
        return Duration.ofSeconds(20);
    }

    /**
     * @throws IOException where it could not be looked at; its message is told to the operator
     * @throws InterruptedException where the time was over
     */
    List<Result> look(Patient patient) throws IOException, InterruptedException;
}
