package io.planeproxy.server.cli;

import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Outcome;
import java.util.List;

/** What findings amount to together. */
final class Verdicts {
    static final int ALL_WELL = 0;
    static final int WANTS_A_LOOK = 1;
    static final int DOES_NOT_WORK = 2;

    private Verdicts() {}

    static int exitCode(List<Finding> findings) {
        return findings.stream()
                .mapToInt(finding -> switch (finding.result().outcome()) {
                    case Outcome.Failed _ -> DOES_NOT_WORK;
                    case Outcome.Warning _ -> WANTS_A_LOOK;
                    case Outcome.Ok _, Outcome.Skipped _ -> ALL_WELL;
                })
                .max()
                .orElse(ALL_WELL);
    }

    /** As findings name it: {@code ok}, {@code warning}, {@code failed} or {@code skipped}. */
    static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> "ok";
            case Outcome.Warning _ -> "warning";
            case Outcome.Failed _ -> "failed";
            case Outcome.Skipped _ -> "skipped";
        };
    }
}
