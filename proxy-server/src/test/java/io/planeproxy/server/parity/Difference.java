package io.planeproxy.server.parity;

/**
 * One aspect of a request in which what the upstream sees may differ, and must.
 *
 * @param aspect as {@link Sighting} names it, such as {@code target} or {@code field connection}
 * @param why what nginx does there, what this proxy does, and why that is right
 */
record Difference(String aspect, String why) {
    static final Difference CONNECTION = new Difference(
            "field connection",
            "the site sends 'Connection: upgrade' with every request, also where nothing is upgraded; we send it with an upgrade only");
    static final Difference PORT = new Difference(
            "field x-forwarded-port",
            "the site does not send it; we say the port that was asked for, since Plane's space server may build addresses with it");
    static final Difference REQUEST_ID = new Difference(
            "field x-request-id",
            "the site does not send it; we do, so that a request can be found again in the logs of both");

    static final Difference LENGTH_OF_CHUNKED = new Difference(
            "field content-length",
            "nginx buffers the whole body and then knows its length; we stream it in chunks as it came");
    static final Difference CODING_OF_CHUNKED =
            new Difference("field transfer-encoding", "the other side of the same: we stream, so the chunks stay");
    static final Difference TARGET_AS_SENT = new Difference(
            "target",
            "'proxy_pass' with a path forwards nginx's decoded and normalised path; we forward the bytes that came, since the storage"
                    + " server signs over them");
    static final Difference HOST_AS_ASKED = new Difference(
            "field x-forwarded-host",
            "the site's $host is lower-cased and without the port; we say the host as it was asked for");
    static final Difference NO_UPGRADE = new Difference(
            "field upgrade", "nginx passes any Upgrade on; with us only a complete request for a WebSocket is one");

    static Difference endsHere(String field, String why) {
        return new Difference("field " + field, "nginx passes it on; with us it ends here: " + why);
    }

    static Difference refused(String why) {
        return new Difference("sighting", "nginx forwards it; we answer 400 and the upstream sees nothing: " + why);
    }
}
