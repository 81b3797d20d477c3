package io.planeproxy.core.cause;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why something failed. Each cause has a code that never changes, the status that the client is answered with where an
 * answer is still possible, a sentence for the operator, and what to do about it.
 */
public enum Cause {
    HTTP_ON_TLS_PORT(
            400,
            "The port speaks HTTPS, and the request came as plain HTTP: the address must begin with https://.",
            "Let the client write https://; a listener with redirect-to-https on port 80 sends on whoever writes neither."),
    MALFORMED_REQUEST_LINE(400, "The request line does not follow HTTP/1.1.", Advice.CLIENT),
    MALFORMED_VERSION(400, "The request line names a version that is not HTTP/1.0 or HTTP/1.1.", Advice.CLIENT),
    VERSION_NOT_SUPPORTED(505, "The request line names HTTP/2 or later on an HTTP/1.1 connection.", Advice.CLIENT),
    METHOD_NOT_SERVED(405, "CONNECT and TRACE are not served by this proxy.", Advice.CLIENT),
    MALFORMED_TARGET(400, "The request target is not one that can be forwarded as it stands.", Advice.CLIENT),
    MALFORMED_PATH(
            400,
            "The path has dot segments, an encoded NUL, a bad percent encoding, or slashes in a row or encoded that decide"
                    + " its route, so its meaning is open.",
            Advice.CLIENT),
    TARGET_NAMES_ANOTHER_HOST(
            400,
            "The request target is an absolute URL whose host or scheme is not that of the request.",
            Advice.CLIENT),
    MALFORMED_NO_HOST(400, "An HTTP/1.1 request has no Host.", Advice.CLIENT),
    MALFORMED_TWO_HOSTS(400, "The request has more than one Host.", Advice.CLIENT),
    MALFORMED_HOST(400, "The Host is not a host name or address with an optional port.", Advice.CLIENT),
    MALFORMED_FIELD(400, "A header line does not follow HTTP/1.1.", Advice.CLIENT),
    MALFORMED_LINE_END(400, "A line ends with something other than CR LF.", Advice.CLIENT),
    MALFORMED_CONNECTION(
            400, "Connection names a field that no client may ask to be removed, or too many.", Advice.CLIENT),
    MALFORMED_CONTENT_LENGTH(400, "Content-Length is doubled or not a plain number.", Advice.CLIENT),
    MALFORMED_TRANSFER_ENCODING(
            400, "Transfer-Encoding is not exactly \"chunked\", or stands beside Content-Length.", Advice.CLIENT),
    TRANSFER_CODING_NOT_IMPLEMENTED(501, "The body has a transfer coding other than chunked.", Advice.CLIENT),
    MALFORMED_CHUNK(400, "The chunked body does not follow HTTP/1.1.", Advice.CLIENT),
    EXPECTATION_NOT_MET(417, "Expect asks for something other than 100-continue.", Advice.CLIENT),
    REQUEST_LINE_TOO_LONG(
            414,
            "The request line is longer than the limit.",
            "Raise limits.request-line if such long addresses are meant."),
    FIELDS_TOO_LARGE(
            431,
            "The header fields are more or larger than the limit.",
            "Raise limits.fields or limits.field-count if so many are meant; an overgrown Cookie is the usual reason."),
    ADDRESS_DENIED(
            403,
            "The client's address may not come here.",
            "Change access.allow or access.deny, of the listener or the route, if it should."),
    ORIGIN_DENIED(
            403,
            "The WebSocket was opened from a page of another site.",
            "List the site in websocket.origins if it should be allowed."),
    RATE_LIMITED(
            429,
            "The client's address sends more requests than it may.",
            "Raise rate-limit if such clients are meant; behind another proxy, check that trusted-proxies names it."),
    TOO_MANY_CONNECTIONS(
            503,
            "More connections are open than are allowed.",
            "Raise limits.connections or limits.connections-per-address, and the limit on open files."),
    PROXY_HEADER_INVALID(
            400,
            "The connection does not begin with the PROXY protocol header that this listener asks for.",
            "Let only the load balancer reach this listener, and let it send the header; or turn proxy-protocol off."),
    BODY_OVER_LIMIT(
            413,
            "The request body is larger than the limit.",
            "Raise max-body, for the whole proxy or for the route, if such uploads are meant."),
    HEAD_TIMEOUT(408, "The client did not finish its request head in time.", Advice.NETWORK),
    BODY_TIMEOUT(408, "The client stopped sending its request body.", Advice.NETWORK),
    CLIENT_LEFT(499, "The client went away before its reply was complete.", Advice.NETWORK),
    CLIENT_STALLED(499, "The client stopped taking its reply.", Advice.NETWORK),
    UPSTREAM_UNRESOLVED(
            502,
            "The upstream's name does not resolve.",
            "Check the name in upstream, and that the resolver of this machine or container knows it."),
    UPSTREAM_REFUSED(
            502, "The upstream refuses connections.", "Start Plane, or correct the address and port in upstream."),
    UPSTREAM_UNREACHABLE(
            502,
            "No connection to the upstream could be made.",
            "Check the route and the firewall between this proxy and Plane."),
    NO_SOCKET_LEFT(
            503,
            "No further socket could be opened on this machine.",
            "Raise the number of open files (LimitNOFILE of systemd, ulimit -n), or lower limits.connections."),
    UPSTREAM_TLS_FAILED(
            502,
            "The TLS handshake with the upstream failed.",
            "Check whether upstream should be http:// or https://, and the certificate it shows: it must be for the name in"
                    + " upstream, from an authority that Java trusts."),
    UPSTREAM_BUSY(
            503,
            "All connections that may be opened to the upstream are in use and the queue is full.",
            "Raise upstream-pool.max-connections, or find out why Plane answers slowly."),
    UPSTREAM_AWAY(
            503,
            "The upstream was away, and did not come back in the time for which the request was kept.",
            "Start Plane, or find out why its start takes so long; websocket.hold and timeouts.hold say for how long"
                    + " requests are kept."),
    CONNECT_TIMEOUT(
            504,
            "The upstream did not accept the connection in time.",
            "Check the address in upstream and the firewall between this proxy and Plane."),
    REPLY_TIMEOUT(
            504,
            "The upstream accepted the request and did not answer in time.",
            "Find out why Plane is slow, or raise timeouts.reply."),
    UPSTREAM_CLOSED(
            502,
            "The upstream closed the connection before it answered.",
            "Look into Plane's log at this time: its server may have crashed or restarted. If that is so for every"
                    + " request, the port may want TLS: write https:// in upstream."),
    UPSTREAM_MALFORMED(
            502,
            "The upstream answered with something that is not HTTP/1.1.",
            "Check that the port in upstream is Plane's HTTP port; where it speaks TLS, write https:// in upstream."),
    UPSTREAM_SWITCH_INVALID(
            502,
            "The upstream agreed to switch protocols in a way that was not asked for.",
            "Check what stands behind upstream: its WebSocket handshake is wrong."),
    UPGRADE_REFUSED_BY_UPSTREAM(
            502,
            "The upstream answered a WebSocket handshake with an ordinary reply, which was passed on, instead of a 101.",
            "A 404 means that the handshake lost its Upgrade behind this proxy, or that its path is not Plane's live server:"
                    + " check what stands between, and the routes. Otherwise look into Plane's log at this time."),
    UPSTREAM_TRUNCATED(
            502,
            "The upstream ended the connection in the middle of its reply.",
            "Look into Plane's log at this time: its server may have crashed or restarted."),
    UPSTREAM_STALLED(
            504,
            "The upstream stopped in the middle of its reply.",
            "Find out why Plane is slow, or raise timeouts.reply."),
    TUNNEL_CLIENT_LOST(
            499,
            "A WebSocket ended without a close frame from the client.",
            "Nothing here, unless it is frequent: then look at the network in front of the proxy. Something there that has an"
                    + " idle limit shows by about the same silence each time."),
    TUNNEL_UPSTREAM_LOST(
            502,
            "A WebSocket ended without a close frame from the upstream.",
            "Look into Plane's log at this time: its server may have crashed. Something between this proxy and Plane that has"
                    + " an idle limit shows by about the same silence each time."),
    TUNNEL_IDLE(
            408,
            "Nothing passed through the tunnel for as long as is allowed.",
            "Raise timeouts.tunnel-idle if silent sockets are meant."),
    SHUTDOWN(503, "The proxy is shutting down.", "Nothing: the client may try again at once."),
    INTERNAL(
            500,
            "A fault in plane-proxy itself ended this exchange.",
            "Please report it with the log lines around this time.");

    private final int status;
    private final String sentence;
    private final String advice;
    private final String code;

    Cause(int status, String sentence, String advice) {
        this.status = status;
        this.sentence = sentence;
        this.advice = advice;
        this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stable name of this cause in logs, metrics and answers, such as {@code upstream-refused}. */
    public String code() {
        return code;
    }

    /**
     * The status the client is answered with, where it is the proxy that answers and still can. 499 is never sent and only
     * logged, as nginx does.
     */
    public int status() {
        return status;
    }

    /** The cause with that code. */
    public static Optional<Cause> of(String code) {
        return Arrays.stream(values()).filter(cause -> cause.code.equals(code)).findFirst();
    }

    /** What happened, for the operator. */
    public String sentence() {
        return sentence;
    }

    /** What to do about it, for the operator. */
    public String advice() {
        return advice;
    }

    private static final class Advice {
        static final String CLIENT = "Nothing here: the client must be corrected.";
        static final String NETWORK =
                "Nothing here, unless it is frequent: then look at the network in front of the proxy.";

        private Advice() {}
    }
}
