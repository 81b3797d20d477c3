package io.planeproxy.core.forward;

import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Fields;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.ReplyHead;
import java.util.Optional;

/**
 * A reply as it is sent to the client: the upstream's fields without those that end at this hop. Framing is left to the
 * wire.
 */
public final class OutboundReply {
    private static final int UPGRADE_REQUIRED = 426;
    /** What the proxy says of its own, in bytes, as long as the operator adds little. */
    private static final int OURS = 64;

    private final int status;
    private final String reason;
    private final FieldBlock fields;
    private final BodyLength body;
    private final Optional<String> lengthOfAbsentBody;
    private final String protocol;

    private OutboundReply(
            int status,
            String reason,
            FieldBlock fields,
            BodyLength body,
            Optional<String> lengthOfAbsentBody,
            String protocol) {
        this.status = status;
        this.reason = reason;
        this.fields = fields;
        this.body = body;
        this.lengthOfAbsentBody = lengthOfAbsentBody;
        this.protocol = protocol;
    }

    /** The reply with nothing added to it. */
    public static OutboundReply of(ReplyHead head, LocationRewrite rewrite) {
        return of(head, rewrite, AddedFields.NONE, Optional.empty());
    }

    /**
     * @param added what is said in addition, unless the upstream says it
     * @param id the name of the request, which is said unless the upstream says one
     */
    public static OutboundReply of(ReplyHead head, LocationRewrite rewrite, AddedFields added, RequestId id) {
        return of(head, rewrite, added, Optional.of(id));
    }

    private static OutboundReply of(
            ReplyHead head, LocationRewrite rewrite, AddedFields added, Optional<RequestId> id) {
        Fields received = head.fields();
        FieldBlock.Builder block = new FieldBlock.Builder(received.length() + OURS);
        for (int line = 0; line < received.size(); line++) {
            if (HopByHop.endsHere(received, line, head.connection())) {
                if (received.known(line) == KnownField.UPGRADE && head.status() == UPGRADE_REQUIRED) {
                    // RFC 9110 §15.5.22: the one reply whose point is its Upgrade.
                    block.copy(received, line);
                }
            } else if (received.known(line) == KnownField.LOCATION) {
                block.add(received.name(line), rewrite.apply(received.value(line)));
            } else {
                block.copy(received, line);
            }
        }
        if (head.kind() == ReplyHead.Kind.FINAL) {
            added.addTo(block, received);
        }
        if (head.kind() != ReplyHead.Kind.INTERIM && !received.contains(KnownField.X_REQUEST_ID)) {
            id.ifPresent(name -> block.add(KnownField.X_REQUEST_ID, name.text()));
        }
        String protocol = head.kind() == ReplyHead.Kind.SWITCH
                ? received.first(KnownField.UPGRADE).orElse("")
                : "";
        return new OutboundReply(
                head.status(), head.reason(), block.build(), head.body(), absentLength(head), protocol);
    }

    /** What a 200 to HEAD or a 304 says of the body it does not have (RFC 9110 §8.6); never on 1xx and 204. */
    private static Optional<String> absentLength(ReplyHead head) {
        boolean may = head.status() >= 200 && head.status() != 204 && head.body() instanceof BodyLength.None;
        return may ? head.fields().first(KnownField.CONTENT_LENGTH) : Optional.empty();
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public FieldBlock fields() {
        return fields;
    }

    public BodyLength body() {
        return body;
    }

    /** The Content-Length of a reply that has no body because of its method or status. */
    public Optional<String> lengthOfAbsentBody() {
        return lengthOfAbsentBody;
    }

    /** The protocol that a 101 agrees to; empty for every other reply. */
    public String protocol() {
        return protocol;
    }
}
