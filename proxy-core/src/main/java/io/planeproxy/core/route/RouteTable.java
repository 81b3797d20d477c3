package io.planeproxy.core.route;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Target;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Routes by the longest prefix of the path's normal form, with a default for all the rest. */
public final class RouteTable implements Router {
    /** Whoever reads it otherwise behind us would serve it past the rules of its route, such as who may come. */
    private static final Decision.Refuse REFUSED = new Decision.Refuse(new Refusal(
            Cause.MALFORMED_PATH,
            "slashes in a row or encoded; read as one slash they would take it to another route"));

    /** As the normal form of a path has it. */
    private static final String ENCODED_SLASH = "%2F";

    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private final List<Route> longestFirst;
    private final Decision.Forward byDefault;
    private final Decision.AnswerOptions options = new Decision.AnswerOptions();

    public RouteTable(List<Route> routes, Route byDefault) {
        this.longestFirst = routes.stream()
                .sorted(Comparator.comparingInt(
                                (Route route) -> route.prefix().text().length())
                        .reversed())
                .toList();
        this.byDefault = new Decision.Forward(byDefault);
    }

    @Override
    public Decision decide(RequestHead head) {
        if (head.target() == Target.ASTERISK) {
            return options;
        }
        String path = head.target().normalPath();
        Decision.Forward decision = forward(path);
        return isReadInTwoWays(path) && !decision.equals(forward(asOthersReadIt(path))) ? REFUSED : decision;
    }

    private Decision.Forward forward(String path) {
        for (Route route : longestFirst) {
            if (route.prefix().holds(path)) {
                return new Decision.Forward(route);
            }
        }
        return byDefault;
    }

    private static boolean isReadInTwoWays(String path) {
        return path.contains("//") || path.contains(ENCODED_SLASH);
    }

    /** With encoded slashes decoded and slashes merged, as nginx and Caddy match it. */
    private static String asOthersReadIt(String path) {
        return SLASHES.matcher(path.replace(ENCODED_SLASH, "/")).replaceAll("/");
    }
}
