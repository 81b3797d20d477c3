package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.AddressRules;
import io.planeproxy.core.route.Route;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Whether a request may come in at all: first by the rules of its listener, then by those of its route.
 *
 * @param access which client addresses the listener serves
 * @param rate how often one client address may come; nothing for as often as it likes
 */
public record Admission(AddressRules access, Optional<RateLimit> rate) {
    public static final Admission EVERYBODY = new Admission(AddressRules.EVERYBODY, Optional.empty());

    /** Why the listener does not serve this client now, if it does not. */
    Optional<Refusal> refuse(InetAddress client) {
        if (!access.admit(client)) {
            return Optional.of(new Refusal(Cause.ADDRESS_DENIED, "by this listener"));
        }
        if (rate.isPresent() && !rate.get().admit(client, System.nanoTime())) {
            return Optional.of(new Refusal(Cause.RATE_LIMITED, "the limit is " + rate.get()));
        }
        return Optional.empty();
    }

    /** Why the route does not take this request, if it does not. */
    static Optional<Refusal> refuse(RequestHead head, Route route, InetAddress client) {
        if (!route.access().admit(client)) {
            return Optional.of(new Refusal(
                    Cause.ADDRESS_DENIED, "by the route " + route.prefix().text()));
        }
        boolean upgrades = route.upgrades().permit(head.intent()) instanceof Intent.Upgrade;
        if (upgrades && !route.origins().admit(head)) {
            return Optional.of(new Refusal(Cause.ORIGIN_DENIED, "the page's Origin is not one that is allowed here"));
        }
        return Optional.empty();
    }
}
