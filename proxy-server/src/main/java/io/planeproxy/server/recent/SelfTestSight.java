package io.planeproxy.server.recent;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.accesslog.Shown;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request of the browser self-test, as this proxy saw it. It is known by the end of its query, {@code selftest=} and 16 letters
 * that the page has drawn.
 *
 * @param name what the page has drawn
 * @param path which of its requests
 * @param peer the address that the connection came from
 * @param trust whether that is one of the trusted proxies
 * @param asked whether it came as the handshake of a WebSocket
 * @param failure what went wrong
 */
public record SelfTestSight(
        String name,
        String path,
        String peer,
        ClientFacts.Trust trust,
        Asked asked,
        OptionalInt status,
        Optional<String> upstream,
        Optional<Refusal> failure) {
    private static final String MARK = "selftest=";
    private static final int NAME = 16;

    /** As what a request came. */
    public enum Asked {
        WEB_SOCKET,
        /** An ordinary request, or the handshake of a WebSocket after it has lost its Upgrade. */
        ORDINARY
    }

    /** Whether it is one. Asked of every exchange, so it looks at one place alone. */
    static boolean isOne(ExchangeRecord exchange) {
        String target = exchange.head().target().raw();
        int at = target.length() - NAME - MARK.length();
        return at > 0 && target.startsWith(MARK, at);
    }

    static SelfTestSight of(ExchangeRecord exchange) {
        String target = exchange.head().target().raw();
        boolean isHandshake = exchange.head().intent() instanceof Intent.Upgrade upgrade && upgrade.isWebSocket();
        return new SelfTestSight(
                target.substring(target.length() - NAME),
                exchange.head().target().normalPath(),
                exchange.facts().peerText(),
                exchange.facts().trust(),
                isHandshake ? Asked.WEB_SOCKET : Asked.ORDINARY,
                exchange.outcome() instanceof Outcome.Switched ? OptionalInt.of(101) : exchange.status(),
                exchange.upstream().map(Upstream::toString),
                exchange.outcome()
                        .failure()
                        .map(refusal -> new Refusal(refusal.cause(), Shown.printable(refusal.detail()))));
    }
}
