package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Route;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Whether an exchange waits for an upstream that is away, and until when that counts as being away. */
sealed interface Patience {
    None NONE = new None();

    /** What an upstream that restarts looks like before it takes connections again. */
    Set<Cause> AWAY = EnumSet.of(
            Cause.UPSTREAM_REFUSED, Cause.UPSTREAM_UNRESOLVED, Cause.UPSTREAM_UNREACHABLE, Cause.CONNECT_TIMEOUT);

    /** It does not wait. */
    record None() implements Patience {}

    /** It waits for a connection. */
    record ForConnection(Duration limit) implements Patience {}

    /**
     * It waits for an answer: a connection that is closed before a byte of the reply counts as none. What forwards a port for
     * a container that restarts accepts, and then closes. So the request may be sent more than once; it can be, since its
     * method is idempotent (RFC 9110 §9.2.2), a request to switch has no body, and nobody has switched to anything.
     */
    record ForAnswer(Duration limit) implements Patience {}

    static Patience of(RequestHead head, Route route) {
        return switch (route.upgrades().permit(head.intent())) {
            case Intent.Plain plain ->
                route.hold().requests().<Patience>map(ForConnection::new).orElse(NONE);
            case Intent.Upgrade upgrade ->
                route.hold()
                        .handshakes()
                        .map(limit -> head.method().isIdempotent() ? new ForAnswer(limit) : new ForConnection(limit))
                        .orElse(NONE);
        };
    }
}
