package io.planeproxy.core.forward;

import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Fields;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Target;
import java.util.Optional;

/**
 * A request as it is sent to an upstream. The only thing an upstream connection takes, and made only here: the client's
 * fields without those that end at this hop, then what the proxy says of its own, so that nothing a client sends can
 * remove or double it. Framing is left to the wire.
 */
public final class OutboundRequest {
    /** What the proxy says of its own, in bytes, where no chain of proxies is long. */
    private static final int OURS = 256;

    private final Method method;
    private final Target target;
    private final FieldBlock fields;
    private final BodyLength body;
    private final Intent intent;
    private final Optional<String> ambiguous;

    private OutboundRequest(
            Method method,
            Target target,
            FieldBlock fields,
            BodyLength body,
            Intent intent,
            Optional<String> ambiguous) {
        this.method = method;
        this.target = target;
        this.fields = fields;
        this.body = body;
        this.intent = intent;
        this.ambiguous = ambiguous;
    }

    /**
     * @param identity who asks, as the proxy says
     * @param intent what of the request's intent the route lets through
     * @param fallbackHost the Host for a request of HTTP/1.0 that has none
     */
    public static OutboundRequest of(RequestHead head, ForwardedIdentity identity, Intent intent, String fallbackHost) {
        Fields received = head.fields();
        FieldBlock.Builder block = new FieldBlock.Builder(received.length() + OURS);
        if (head.authority().isEmpty()) {
            block.add(KnownField.HOST, fallbackHost);
        } else if (!received.contains(KnownField.HOST)) {
            block.add(KnownField.HOST, head.authority().get().text());
        }
        Optional<String> ambiguous = Optional.empty();
        for (int line = 0; line < received.size(); line++) {
            if (!HopByHop.endsHere(received, line, head.connection()) && !HopByHop.isOurs(received, line)) {
                block.copy(received, line);
            } else if (ambiguous.isEmpty() && received.nameHasUnderscore(line)) {
                ambiguous = Optional.of(received.name(line));
            }
        }
        identity.addTo(block);
        return new OutboundRequest(head.method(), head.target(), block.build(), head.body(), intent, ambiguous);
    }

    public Method method() {
        return method;
    }

    public Target target() {
        return target;
    }

    public FieldBlock fields() {
        return fields;
    }

    public BodyLength body() {
        return body;
    }

    public Intent intent() {
        return intent;
    }

    /** The name of the first field that was left out for its underscore. */
    public Optional<String> ambiguous() {
        return ambiguous;
    }
}
