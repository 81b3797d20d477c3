package io.planeproxy.core.route;

import io.planeproxy.core.http.RequestHead;

/** A router some of whose paths may be lent for a while. */
public record Traced(Router otherwise, Traces traces) implements Router {
    @Override
    public Decision decide(RequestHead head) {
        return traces.decide(head).orElseGet(() -> otherwise.decide(head));
    }
}
