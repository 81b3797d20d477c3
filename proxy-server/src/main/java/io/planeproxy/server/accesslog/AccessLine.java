package io.planeproxy.server.accesslog;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.relay.TunnelSnapshot;
import java.time.Duration;
import java.util.Locale;

/**
 * One line of the access log, without its time:
 *
 * <pre>203.0.113.7 "GET /api/x?… HTTP/1.1" 200 0/5120 0.034 http://10.0.0.5:8080 complete</pre>
 *
 * <p>The client's address; the request, without what its query says, which may be a secret; the status that was sent; bytes of
 * body received from the client and sent to it; seconds; the upstream; how it ended. A dash stands for what there was none of.
 */
final class AccessLine {
    private static final String NONE = "-";

    private AccessLine() {}

    static String of(ExchangeRecord exchange) {
        String status = exchange.status().isPresent()
                ? Integer.toString(exchange.status().getAsInt())
                : NONE;
        String upstream = exchange.upstream().map(Object::toString).orElse(NONE);
        return exchange.clientAddress() + " " + request(exchange.head()) + " " + status + " " + exchange.received()
                + "/" + exchange.sent() + " " + seconds(exchange.took()) + " " + upstream + " "
                + ending(exchange.outcome());
    }

    static String of(TunnelRecord tunnel) {
        TunnelSnapshot last = tunnel.last();
        return last.clientAddress() + " " + request(last.head()) + " 101 " + tunnel.received() + "/" + tunnel.sent()
                + " " + seconds(last.age()) + " " + last.upstream() + " tunnel ended: "
                + printable(tunnel.ending().words());
    }

    /** What came was no request, so there is little to tell but why. */
    static String of(ClientFacts client, Refusal refusal) {
        return client.peerText() + " \"-\" " + refusal.cause().status() + " 0/0 " + NONE + " " + NONE + " refused "
                + refusal.cause().code() + detail(refusal);
    }

    private static String request(RequestHead head) {
        String version = switch (head.version()) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
        };
        return "\"" + quoted(head.method().name()) + " " + quoted(head.target().toString()) + " " + version + "\"";
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%d.%03d", took.toSeconds(), took.toMillisPart());
    }

    private static String ending(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Complete _, Outcome.Switched _ -> outcome.words();
            case Outcome.Refused(Refusal refusal) -> outcome.words() + detail(refusal);
            case Outcome.Cut(Refusal refusal) -> outcome.words() + detail(refusal);
            case Outcome.Abandoned(Refusal refusal) -> outcome.words() + detail(refusal);
        };
    }

    private static String detail(Refusal refusal) {
        return refusal.detail().isEmpty() ? "" : ": " + printable(refusal.detail());
    }

    /** What a peer sent must not end the quotes that it stands in. */
    private static String quoted(String text) {
        return printable(text).replace("\\", "\\x5c").replace("\"", "\\x22");
    }

    /** What a peer sent must not make a line of its own. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                printable.append(String.format("\\x%02x", (int) c));
            } else {
                printable.append(c);
            }
        }
        return printable.toString();
    }
}
