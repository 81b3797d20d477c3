package io.planeproxy.server.health;

import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of asking every listener.
 *
 * @param answers one line for each that answers
 * @param faults one line for each that does not
 */
public record Health(List<String> answers, List<String> faults) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    public Health {
        answers = List.copyOf(answers);
        faults = List.copyOf(faults);
    }

    /** Asks the proxy that serves these settings on this machine; takes some seconds where it hangs. */
    public static Health of(Settings settings) {
        List<String> answers = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (ListenerSettings listener : settings.listeners()) {
            String place = listener.address().value().toString();
            if (listener.address().value().port().isAnyFree()) {
                faults.add(
                        place + ": nobody but the process that serves it knows its port; expected one with a number");
                continue;
            }
            Question question = new Question(listener);
            try {
                answers.add(place + " " + question.ask(PATIENCE));
            } catch (IOException failure) {
                faults.add(place + " does not answer at " + question.place() + ": " + failure.getMessage()
                        + "; expected an answer within " + PATIENCE.toSeconds()
                        + " s; look whether plane-proxy runs, and into its log");
            }
        }
        return new Health(answers, faults);
    }
}
