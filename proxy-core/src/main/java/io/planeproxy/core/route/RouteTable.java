package io.planeproxy.core.route;

import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Target;
import java.util.Comparator;
import java.util.List;

/** Routes by the longest prefix of the path's normal form, with a default for all the rest. */
public final class RouteTable implements Router {
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
        for (Route route : longestFirst) {
            if (route.prefix().holds(path)) {
                return new Decision.Forward(route);
            }
        }
        return byDefault;
    }
}
