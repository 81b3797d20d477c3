package io.planeproxy.server.recent;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.http.Authority;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.server.accesslog.Shown;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A request that failed.
 *
 * @param client the client's address as the proxy vouches for it
 * @param request method, host and path, without the query; empty where what came was no request
 * @param status what the client was sent
 * @param detail what was seen
 */
public record Failure(Instant at, String client, String request, OptionalInt status, Cause cause, String detail) {

    static Failure of(ExchangeRecord exchange, Refusal refusal, Instant at) {
        return new Failure(
                at,
                exchange.clientAddress(),
                request(exchange.head()),
                exchange.status(),
                refusal.cause(),
                Shown.printable(refusal.detail()));
    }

    static Failure of(ClientFacts client, Refusal refusal, Instant at) {
        return new Failure(
                at,
                client.peerText(),
                "",
                OptionalInt.of(refusal.cause().status()),
                refusal.cause(),
                Shown.printable(refusal.detail()));
    }

    private static String request(RequestHead head) {
        String host = head.authority().map(Authority::text).orElse("");
        return Shown.printable(head.method().name() + " " + host + head.target());
    }
}
