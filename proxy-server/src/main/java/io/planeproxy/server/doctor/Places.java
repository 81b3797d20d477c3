package io.planeproxy.server.doctor;

import java.util.ArrayList;
import java.util.List;

/** Says where a fault lies that shows from one place, by what was found from those nearer to Plane. */
final class Places {
    private Places() {}

    /** @param results of one check, from the nearest place to the farthest */
    static List<Result> located(List<Result> results) {
        List<Result> located = new ArrayList<>();
        for (Result result : results) {
            String where = where(result.subject(), located);
            located.add(
                    switch (result.outcome()) {
                        case Outcome.Failed(String seen, String fix) ->
                            new Result(
                                    result.subject(), new Outcome.Failed(seen, joined(where, fix)), result.evidence());
                        case Outcome.Warning(String seen, String fix) ->
                            new Result(
                                    result.subject(), new Outcome.Warning(seen, joined(where, fix)), result.evidence());
                        case Outcome.Ok _, Outcome.Skipped _ -> result;
                    });
        }
        return located;
    }

    private static String joined(String where, String fix) {
        return fix.isEmpty() ? where : where + "; " + fix;
    }

    private static String where(String place, List<Result> nearer) {
        for (Result result : nearer.reversed()) {
            switch (result.outcome()) {
                case Outcome.Failed _, Outcome.Warning _ -> {
                    return "begin " + result.subject() + ", where it fails too";
                }
                case Outcome.Ok _ -> {
                    return "it is well " + result.subject() + ", so look at " + between(place);
                }
                case Outcome.Skipped _ -> {}
            }
        }
        return switch (place) {
            case Vantage.DIRECT -> "look at what stands between this proxy and Plane, or at Plane itself";
            case Vantage.HERE -> "look at this proxy and at all that stands behind it";
            default -> "look at all that stands between browsers and Plane";
        };
    }

    private static String between(String place) {
        return place.equals(Vantage.HERE) ? "this proxy's configuration and log" : "what stands in front of this proxy";
    }
}
