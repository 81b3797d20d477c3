package io.planeproxy.server.accesslog;

import java.time.Duration;
import java.time.Instant;

/**
 * How an upstream does, and what was told of it. That is not everything, since one that comes and goes must not fill a log.
 *
 * @param failures how often in a row it has failed
 * @param since when the first of them was; without meaning where there is none
 * @param silentUntil before that, nothing is told of failures
 * @param told the last that was
 */
record Standing(int failures, Instant since, Instant silentUntil, Told told) {
    static final Standing WELL = new Standing(0, Instant.MIN, Instant.MIN, Told.WELL);

    /** Between two words about failures. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    enum Told {
        WELL,
        AWAY
    }

    /** @param enough how many failures in a row are worth a word */
    Standing failed(int enough, Instant now) {
        Instant first = failures == 0 ? now : since;
        boolean isTold = failures + 1 >= enough && !now.isBefore(silentUntil);
        return isTold
                ? new Standing(failures + 1, first, now.plus(SILENCE), Told.AWAY)
                : new Standing(failures + 1, first, silentUntil, told);
    }

    Standing answered() {
        return new Standing(0, since, silentUntil, Told.WELL);
    }

    /** Whether its failures were told between the other and this one. */
    boolean tellsMoreThan(Standing before) {
        return !silentUntil.equals(before.silentUntil);
    }
}
