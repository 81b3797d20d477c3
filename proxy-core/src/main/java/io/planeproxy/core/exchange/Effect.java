package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Refusal;
import java.time.Duration;

/** What is to be done next. Each is one thing for the shell to do, whatever it takes there. */
public sealed interface Effect {
    Nothing NOTHING = new Nothing();
    SendRequest SEND_REQUEST = new SendRequest();
    LeaseFresh LEASE_FRESH = new LeaseFresh();
    PassUpload PASS_UPLOAD = new PassUpload();
    EndUpload END_UPLOAD = new EndUpload();
    RelayInterim RELAY_INTERIM = new RelayInterim();
    RelayHead RELAY_HEAD = new RelayHead();
    PassReply PASS_REPLY = new PassReply();
    EndReply END_REPLY = new EndReply();
    EndReplyEarly END_REPLY_EARLY = new EndReplyEarly();
    OpenTunnel OPEN_TUNNEL = new OpenTunnel();

    record Nothing() implements Effect {}

    /** Send the request's head, let the client send its body, and tell it so if it waits to be told. */
    record SendRequest() implements Effect {}

    /** Drop the stale connection and ask for one that is new. */
    record LeaseFresh() implements Effect {}

    /**
     * Drop the connection, where there is one, and wait for the upstream to come back.
     *
     * @param limit since this exchange was first held
     * @param why what says that it is away
     */
    record Hold(Duration limit, Refusal why) implements Effect {}

    record PassUpload() implements Effect {}

    record EndUpload() implements Effect {}

    record RelayInterim() implements Effect {}

    record RelayHead() implements Effect {}

    record PassReply() implements Effect {}

    /** Complete the reply; both connections may serve again. */
    record EndReply() implements Effect {}

    /** Complete the reply; the request never became whole, so neither connection may serve again. */
    record EndReplyEarly() implements Effect {}

    /** Relay the 101 and join both sides. */
    record OpenTunnel() implements Effect {}

    /** Answer in place of the upstream, whose connection is dropped. */
    record Answer(Refusal refusal) implements Effect {}

    /** A reply has begun that can not be completed: let the client see that it is cut, and drop the upstream. */
    record CutReply(Refusal refusal) implements Effect {}

    /** Nobody is left to answer: drop both sides. */
    record Abandon(Refusal refusal) implements Effect {}
}
