package io.planeproxy.core.route;

import io.planeproxy.core.cause.Refusal;

/** What becomes of a request. */
public sealed interface Decision {

    /** It goes to the route's upstream. */
    record Forward(Route route) implements Decision {}

    /**
     * The client is sent elsewhere.
     *
     * @param status a 3xx
     * @param location an absolute URL or path
     */
    record Redirect(int status, String location) implements Decision {}

    /** It is not served. */
    record Refuse(Refusal refusal) implements Decision {}

    /** {@code OPTIONS *} asks the proxy itself and is answered with an empty 200. */
    record AnswerOptions() implements Decision {}
}
