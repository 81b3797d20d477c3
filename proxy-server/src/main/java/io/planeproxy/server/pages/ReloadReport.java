package io.planeproxy.server.pages;

import io.planeproxy.server.settings.Problem;
import java.util.List;

/** What became of an order to reload, for whoever gave it. */
public sealed interface ReloadReport {

    /**
     * The new configuration is in service.
     *
     * @param warnings what is worth a look, and what has to wait for the next start
     * @param listening a line for each listener
     */
    record InService(List<String> warnings, List<String> listening) implements ReloadReport {
        public InService {
            warnings = List.copyOf(warnings);
            listening = List.copyOf(listening);
        }
    }

    /**
     * The configuration is wrong; the one before stays in service.
     *
     * @param problems at least one
     */
    record Wrong(List<Problem> problems) implements ReloadReport {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The configuration has no fault, and still cannot be served: a port is in use, for example. The one before stays in service.
     *
     * @param sentence why, and what to do
     */
    record Failed(String sentence) implements ReloadReport {}
}
