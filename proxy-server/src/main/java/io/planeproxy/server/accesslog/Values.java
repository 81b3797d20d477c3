package io.planeproxy.server.accesslog;

import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.Authority;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.relay.Phases;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.settings.LogVariable;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The single values of an entry, without secrets. What peers sent is still theirs: a format must quote it in its way. */
final class Values {
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final TimeText times;

    Values(TimeText times) {
        this.times = times;
    }

    /** Nothing, where there is none. */
    Optional<String> of(LogVariable variable, Entry entry) {
        return switch (variable) {
            case REMOTE_ADDR -> Optional.of(entry.client());
            case REMOTE_USER -> Optional.empty();
            case TIME_ISO8601 -> Optional.of(times.iso(entry.at()));
            case TIME_LOCAL -> Optional.of(times.local(entry.at()));
            case MSEC -> Optional.of(entry.at().getEpochSecond() + TimeText.millis(entry.at()));
            case REQUEST -> entry.head().map(Values::request);
            case REQUEST_METHOD -> entry.head().map(Values::method);
            case REQUEST_URI -> entry.head().map(Values::target);
            case REQUEST_ID -> entry.id().map(RequestId::text);
            case REQUEST_TIME -> entry.took().map(Values::seconds);
            case SERVER_PROTOCOL -> entry.head().map(Values::protocol);
            case SCHEME -> Optional.of(entry.scheme().text());
            case HOST ->
                entry.head()
                        .flatMap(RequestHead::authority)
                        .map(Authority::host)
                        .map(Shown::of);
            case STATUS ->
                entry.status().isPresent()
                        ? Optional.of(Integer.toString(entry.status().getAsInt()))
                        : Optional.empty();
            case BODY_BYTES_RECEIVED -> Optional.of(Long.toString(entry.received()));
            case BODY_BYTES_SENT -> Optional.of(Long.toString(entry.sent()));
            case HTTP_REFERER -> field(entry, KnownField.REFERER).map(Shown::url);
            case HTTP_USER_AGENT -> field(entry, KnownField.USER_AGENT).map(Shown::of);
            case UPSTREAM_ADDR -> entry.upstream().map(Upstream::toString);
            case UPSTREAM_CONNECT_TIME -> connection(entry.phases()).map(Values::seconds);
            case UPSTREAM_HEADER_TIME -> reply(entry.phases()).map(Values::seconds);
            case UPSTREAM_RESPONSE_TIME -> response(entry.phases()).map(Values::seconds);
            case TRACE_ID -> field(entry, KnownField.TRACEPARENT).flatMap(Values::trace);
            case ROUTE -> entry.route().map(Values::route);
            case OUTCOME -> Optional.of(entry.outcome());
            case CAUSE -> entry.failure().map(failure -> failure.cause().code());
            case DETAIL -> detail(entry);
        };
    }

    /** What was seen of a failure, or how a tunnel ended. */
    private static Optional<String> detail(Entry entry) {
        return entry.ending()
                .or(() -> entry.failure().map(failure -> failure.detail()).filter(detail -> !detail.isEmpty()))
                .map(Shown::of);
    }

    private static Optional<String> field(Entry entry, KnownField field) {
        return entry.head().flatMap(head -> head.fields().first(field));
    }

    /** The trace-id of the field's version 00, as far as it can be known of any version (W3C Trace Context §3.2). */
    private static Optional<String> trace(String traceparent) {
        var matcher = TRACE.matcher(traceparent);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String request(RequestHead head) {
        return method(head) + " " + target(head) + " " + protocol(head);
    }

    private static String method(RequestHead head) {
        return Shown.of(head.method().name());
    }

    /** Without what the query says, which may be a secret. */
    private static String target(RequestHead head) {
        return Shown.of(head.target().toString());
    }

    private static String protocol(RequestHead head) {
        return switch (head.version()) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
        };
    }

    private static String route(Route route) {
        return route.prefix().text();
    }

    private static Optional<Duration> connection(Phases phases) {
        return switch (phases) {
            case Phases.Here _ -> Optional.empty();
            case Phases.Connecting(Duration connection) -> Optional.of(connection);
            case Phases.Waiting(Duration connection, Duration _) -> Optional.of(connection);
            case Phases.Replying(Duration connection, Duration _, Duration _) -> Optional.of(connection);
        };
    }

    private static Optional<Duration> reply(Phases phases) {
        return switch (phases) {
            case Phases.Here _, Phases.Connecting _ -> Optional.empty();
            case Phases.Waiting(Duration _, Duration reply) -> Optional.of(reply);
            case Phases.Replying(Duration _, Duration reply, Duration _) -> Optional.of(reply);
        };
    }

    private static Optional<Duration> response(Phases phases) {
        return switch (phases) {
            case Phases.Here _, Phases.Connecting _ -> Optional.empty();
            case Phases.Waiting(Duration _, Duration reply) -> Optional.of(reply);
            case Phases.Replying(Duration _, Duration reply, Duration body) -> Optional.of(reply.plus(body));
        };
    }

    private static String seconds(Duration took) {
        return took.toSeconds() + TimeText.fraction(took.toMillisPart());
    }
}
