package io.planeproxy.server.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.Phases;
import io.planeproxy.core.relay.RoundTrips;
import io.planeproxy.core.relay.TunnelEnding;
import io.planeproxy.core.relay.TunnelFlow;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Upgrades;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.settings.AccessLogFormat;
import io.planeproxy.server.settings.AccessLogFormats;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How each format shows the same things. */
final class LineFormatTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00.120Z");
    private static final ClientFacts FACTS =
            ClientFacts.of(InetAddress.ofLiteral("203.0.113.7"), Scheme.HTTPS, 443, TrustedProxies.NONE);
    private static final Upstream UPSTREAM = new Upstream(Scheme.HTTP, "10.0.0.5", 8080);
    private static final Route ROUTE = new Route(
            new PathPrefix("/api/"), UPSTREAM, BodyLimit.UNLIMITED, Upgrades.WEBSOCKET, Duration.ofSeconds(600));
    private static final RequestHead HEAD = Heads.request(
            "GET /api/x?token=s3cret HTTP/1.1",
            "Host: plane.example:8443",
            "User-Agent: Mozilla/5.0 \"x\" \\",
            "Referer: https://me:s3cret@plane.example/p?code=s3cret",
            "Cookie: session=s3cret",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private static final Entry COMPLETE = Entry.of(
            exchange(
                    Outcome.COMPLETE,
                    new Phases.Replying(Duration.ofMillis(1), Duration.ofMillis(30), Duration.ofMillis(3))),
            AT);
    private static final Entry REFUSED = Entry.of(
            exchange(
                    new Outcome.Refused(new Refusal(Cause.UPSTREAM_REFUSED, "http://10.0.0.5:8080 \"refuses\"\n")),
                    new Phases.Connecting(Duration.ofMillis(34))),
            AT);
    private static final Entry SWITCHED =
            Entry.of(exchange(Outcome.SWITCHED, new Phases.Connecting(Duration.ofMillis(1))), AT);
    private static final Entry TUNNEL = Entry.of(
            new TunnelRecord(
                    new TunnelSnapshot(
                            FACTS,
                            "203.0.113.7",
                            HEAD,
                            new RequestId("id-1"),
                            UPSTREAM,
                            Duration.ofSeconds(61),
                            passed(7),
                            passed(9),
                            new RoundTrips(Optional.empty(), Optional.empty())),
                    new TunnelEnding.Closed(Party.UPSTREAM, new Closing(OptionalInt.of(4205), "Reset Connection"))),
            AT);
    private static final Entry STRAY =
            Entry.of(FACTS, new RequestId("id-2"), new Refusal(Cause.MALFORMED_TWO_HOSTS, "2 Host fields"), AT);

    private static TunnelFlow passed(long bytes) {
        return new TunnelFlow(bytes, Optional.empty(), TunnelFlow.Standing.BETWEEN_FRAMES);
    }

    private static ExchangeRecord exchange(Outcome outcome, Phases phases) {
        return new ExchangeRecord(
                FACTS,
                "203.0.113.7",
                HEAD,
                new RequestId("id-1"),
                Optional.of(ROUTE),
                OptionalInt.of(outcome.cause().map(Cause::status).orElse(200)),
                5,
                5120,
                Duration.ofMillis(34),
                phases,
                Optional.of(UPSTREAM),
                outcome);
    }

    @Test
    void plainTellsAllForPeople() {
        assertEquals(
                "2026-11-23T10:00:00.120Z 203.0.113.7 \"GET /api/x?… HTTP/1.1\" 200 5/5120 0.034 http://10.0.0.5:8080 id-1 complete",
                line("plain", COMPLETE));
        assertEquals(
                "2026-11-23T10:00:00.120Z 203.0.113.7 \"GET /api/x?… HTTP/1.1\" 502 5/5120 0.034 http://10.0.0.5:8080 id-1"
                        + " refused upstream-refused: http://10.0.0.5:8080 \"refuses\"\\x0a",
                line("plain", REFUSED));
        assertEquals(
                "2026-11-23T10:00:00.120Z 203.0.113.7 \"GET /api/x?… HTTP/1.1\" 101 7/9 61.000 http://10.0.0.5:8080 id-1"
                        + " tunnel ended: closed by upstream 4205 \"Reset Connection\"",
                line("plain", TUNNEL));
        assertEquals(
                "2026-11-23T10:00:00.120Z 203.0.113.7 \"-\" 400 0/0 - - id-2 refused malformed-two-hosts: 2 Host fields",
                line("plain", STRAY));
    }

    @Test
    void combinedIsWhatProgramsForNginxRead() {
        String begin = "203.0.113.7 - - [23/Nov/2026:10:00:00 +0000] \"GET /api/x?… HTTP/1.1\" ";
        String end = " \"https://plane.example/p?…\" \"Mozilla/5.0 \\x22x\\x22 \\x5c\"";
        assertEquals(begin + "200 5120" + end, line("combined", COMPLETE));
        assertEquals(begin + "502 5120" + end + " cause=upstream-refused", line("combined", REFUSED));
        assertEquals(begin + "101 9" + end, line("combined", TUNNEL));
        assertEquals("", line("combined", SWITCHED));
        assertEquals(
                "203.0.113.7 - - [23/Nov/2026:10:00:00 +0000] \"-\" 400 0 \"-\" \"-\" cause=malformed-two-hosts",
                line("combined", STRAY));
    }

    @Test
    void jsonIsOneObjectAndLeavesOutWhatThereIsNoneOf() {
        assertEquals(
                "{\"time\":\"2026-11-23T10:00:00.120Z\",\"kind\":\"exchange\",\"client\":\"203.0.113.7\",\"request_id\":\"id-1\","
                        + "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\",\"scheme\":\"https\",\"host\":\"plane.example\","
                        + "\"method\":\"GET\",\"target\":\"/api/x?…\",\"protocol\":\"HTTP/1.1\","
                        + "\"referer\":\"https://plane.example/p?…\",\"user_agent\":\"Mozilla/5.0 \\\"x\\\" \\\\\","
                        + "\"status\":200,\"received\":5,\"sent\":5120,\"seconds\":0.034,\"seconds_to_connection\":0.001,"
                        + "\"seconds_to_head\":0.030,\"route\":\"/api/\",\"upstream\":\"http://10.0.0.5:8080\","
                        + "\"outcome\":\"complete\"}",
                line("json", COMPLETE));
        Config refused = ConfigFactory.parseString(line("json", REFUSED));
        assertEquals("upstream-refused", refused.getString("cause"));
        assertEquals("http://10.0.0.5:8080 \"refuses\"\n", refused.getString("detail"));
        assertEquals(
                "closed by upstream 4205 \"Reset Connection\"",
                ConfigFactory.parseString(line("json", TUNNEL)).getString("detail"));
        assertEquals(
                "{\"time\":\"2026-11-23T10:00:00.120Z\",\"kind\":\"stray\",\"client\":\"203.0.113.7\",\"request_id\":\"id-2\",\"scheme\":\"https\","
                        + "\"status\":400,\"received\":0,\"sent\":0,\"outcome\":\"refused\",\"cause\":\"malformed-two-hosts\","
                        + "\"detail\":\"2 Host fields\"}",
                line("json", STRAY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$remote_addr $status $cause | 203.0.113.7 502 upstream-refused",
                "[$time_local] \"$request\" ${status}s | [23/Nov/2026:10:00:00 +0000] \"GET /api/x?… HTTP/1.1\" 502s",
                "$msec $host $scheme $request_uri | 1795428000.120 plane.example https /api/x?…",
                "$upstream_connect_time/$upstream_header_time/$upstream_response_time | 0.034/-/-",
                "$route $outcome $request_id $trace_id | /api/ refused id-1 0af7651916cd43dd8448eb211c80319c",
                "$detail | http://10.0.0.5:8080 \\x22refuses\\x22\\x0a",
                "$remote_user$remote_user | --"
            })
    void aPatternIsFilledIn(String pattern, String line) {
        assertEquals(line, line(pattern, REFUSED));
    }

    @Test
    void aPatternLeavesTheSwitchToTheLineOfTheTunnel() {
        assertEquals("", line("$status", SWITCHED));
        assertEquals("101 7 9 61.000", line("$status $body_bytes_received $body_bytes_sent $request_time", TUNNEL));
    }

    private static String line(String format, Entry entry) {
        AccessLogFormat parsed = AccessLogFormats.parse(format);
        return LineFormat.of(parsed, ZoneOffset.UTC).line(entry).orElse("");
    }
}
