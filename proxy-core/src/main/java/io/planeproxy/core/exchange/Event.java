package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Refusal;

/** What can happen to an exchange. */
public sealed interface Event {
    UploadEnd UPLOAD_END = new UploadEnd();
    FinalReply FINAL_REPLY = new FinalReply();
    SwitchReply SWITCH_REPLY = new SwitchReply();
    ReplyBytes REPLY_BYTES = new ReplyBytes();
    ReplyEnd REPLY_END = new ReplyEnd();

    /** A connection to the upstream is ours. */
    record Leased(Origin origin) implements Event {
        /** Whether the connection has served before, so that the upstream may just be closing it. */
        public enum Origin {
            FRESH,
            REUSED
        }
    }

    /** No connection could be had. */
    record LeaseFailed(Refusal refusal) implements Event {}

    /** So many bytes of the request body came, at least 1. */
    record UploadBytes(int count) implements Event {}

    /** The request body is complete. */
    record UploadEnd() implements Event {}

    /** The request body will never be complete: malformed, or stalled. */
    record UploadFailed(Refusal refusal) implements Event {}

    /** The client is gone, or does not take its reply. */
    record ClientLost(Refusal refusal) implements Event {}

    /** A 1xx other than 101. */
    record InterimReply(Use use) implements Event {
        /** 103 is for the client; 100 and 102 are between the upstream and us. */
        public enum Use {
            RELAY,
            SWALLOW
        }
    }

    /** A 101 that agrees to what was asked. */
    record SwitchReply() implements Event {}

    /** The head of the final reply. */
    record FinalReply() implements Event {}

    /** Some bytes of the reply's body. */
    record ReplyBytes() implements Event {}

    /** The reply is complete. */
    record ReplyEnd() implements Event {}

    /** The upstream closed before a byte of the reply came. */
    record UpstreamClosed(Refusal refusal) implements Event {}

    /** The reply is malformed, late, stalled or cut. */
    record ReplyFailed(Refusal refusal) implements Event {}
}
