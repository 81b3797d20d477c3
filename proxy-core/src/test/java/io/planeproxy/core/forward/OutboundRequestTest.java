package io.planeproxy.core.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.IpLiterals;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Heads;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the upstream gets to see of a request. */
final class OutboundRequestTest {
    private static final String OURS = """
            X-Forwarded-For: 192.0.2.7
            X-Real-IP: 192.0.2.7
            X-Forwarded-Proto: https
            X-Forwarded-Host: plane.example
            X-Forwarded-Port: 443
            X-Request-Id: id-1
            """;

    @Test
    void whatIsTheClientsOwnPassesInItsOrderAndSpelling() {
        String fields =
                "b: 2\nHOST: plane.example\nCookie: s=1\naccept:  x\t\nCOOKIE: t=2\nUser-Agent: \u00e9\nb: 1\nEmpty:";
        assertEquals(
                "b: 2\nHOST: plane.example\nCookie: s=1\naccept: x\nCOOKIE: t=2\nUser-Agent: \u00e9\nb: 1\nEmpty: \n"
                        + OURS,
                forwarded(fields));
    }

    @Test
    void theTraceOfW3cPassesAsItIs() {
        String trace = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\ntracestate: a=b\n";
        assertEquals("Host: plane.example\n" + trace + OURS, forwarded("Host: plane.example\n" + trace.strip()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "Connection: x\nX: y",
                "connection: a, b\nA: 1\nB: 2\na: 3",
                "Keep-Alive: 5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authorization: Basic x",
                "Proxy-Authenticate: x",
                "Proxy: http://evil",
                "TE: trailers",
                "Upgrade: websocket",
                "HTTP2-Settings: x",
                "Trailer: x",
                "Expect: 100-continue",
                "Content-Length: 0",
                "Transfer-Encoding: chunked",
                "Forwarded: for=6.6.6.6",
                "X-Forwarded-For: 6.6.6.6",
                "x-forwarded-proto: gopher",
                "X-FORWARDED-HOST: evil",
                "X-Forwarded-Port: 1",
                "X-Forwarded-Ssl: on",
                "X-Forwarded-Prefix: /x",
                "X-Real-Ip: 6.6.6.6",
                "X-Original-URL: /admin",
                "X-Rewrite-URL: /admin",
                "X_Forwarded_For: 6.6.6.6",
                "X-Forwarded_For: 6.6.6.6",
                "x_real_ip: 6.6.6.6",
                "X-Request-ID: 6",
                "Content_Length: 5"
            })
    void whatEndsHereOrIsOursIsNotTakenFromTheClient(String field) {
        assertEquals("Host: plane.example\n" + OURS, forwarded("Host: plane.example\n" + field));
        assertEquals("Host: plane.example\n" + OURS, forwarded(field + "\nHost: plane.example"));
    }

    @Property(tries = 2000)
    void nothingAClientSendsChangesWhatIsOurs(@ForAll @From("lines") List<String> lines) {
        List<String> sent = new ArrayList<>(lines);
        sent.add(lines.size() / 2, "Host: plane.example");
        Set<String> nominated = nominated(sent);
        List<String> expected = sent.stream()
                .filter(line -> passes(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT), nominated))
                .toList();
        assertEquals(String.join("\n", expected) + "\n" + OURS, forwarded(String.join("\n", sent)));
    }

    /** The rule told once more, from the side of the names. */
    private static boolean passes(String name, Set<String> nominated) {
        return !nominated.contains(name)
                && !name.contains("_")
                && !name.startsWith("x-forwarded-")
                && !name.startsWith("proxy")
                && !Set.of(
                                "connection",
                                "keep-alive",
                                "te",
                                "trailer",
                                "upgrade",
                                "expect",
                                "http2-settings",
                                "forwarded",
                                "x-request-id",
                                "x-real-ip")
                        .contains(name);
    }

    private static Set<String> nominated(List<String> lines) {
        Set<String> names = new java.util.HashSet<>();
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("connection: ")) {
                names.add(line.substring("connection: ".length()).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of(
                        "A: 1",
                        "a: 2",
                        "B: x",
                        "Cookie: s",
                        "Authorization: t",
                        "Accept: u",
                        "Connection: a",
                        "connection: close",
                        "CONNECTION: X-Custom",
                        "X-Custom: 1",
                        "x-custom: 2",
                        "Keep-Alive: 1",
                        "TE: trailers",
                        "Trailer: t",
                        "Upgrade: h2c",
                        "Proxy: p",
                        "Proxy-Connection: q",
                        "Proxy-Authorization: r",
                        "Expect: 100-continue",
                        "HTTP2-Settings: s",
                        "Forwarded: for=6.6.6.6",
                        "X-Forwarded-For: 6.6.6.6",
                        "X-FORWARDED-FOR: 7.7.7.7",
                        "x-forwarded-proto: http",
                        "X-Forwarded-Host: evil",
                        "X-Forwarded-Port: 1",
                        "X-Forwarded-Any: 1",
                        "X-Real-IP: 6.6.6.6",
                        "X_Real_IP: 6.6.6.6",
                        "x_y: 1",
                        "Origin: o",
                        "Referer: r",
                        "x-request-id: 6",
                        "traceparent: t",
                        "Sec-WebSocket-Key: k")
                .list()
                .ofMaxSize(12);
    }

    @Test
    void theFirstFieldThatIsLeftOutForItsUnderscoreIsNamed() {
        RequestHead head = Heads.request(Scheme.HTTPS, "GET /x HTTP/1.1", "Host: a", "Proxy: p", "B_c: 1", "D_: 2");
        OutboundRequest request = OutboundRequest.of(head, identity(head), Intent.PLAIN, "web:3000");
        assertEquals(Optional.of("B_c"), request.ambiguous());
    }

    @Test
    void aRequestWithoutHostGetsTheUpstreams() {
        RequestHead head = Heads.request(Scheme.HTTPS, "GET /x HTTP/1.0", "A: b");
        OutboundRequest request = OutboundRequest.of(head, identity(head), Intent.PLAIN, "web:3000");
        assertTrue(request.fields().text().startsWith("Host: web:3000\r\nA: b\r\nX-Forwarded-For: 192.0.2.7\r\n"));
        assertTrue(!request.fields().text().contains("X-Forwarded-Host"));
    }

    @Test
    void anAbsoluteTargetNamesTheHostOfARequestThatHasNone() {
        RequestHead head = Heads.request(Scheme.HTTPS, "GET https://a:8443/x HTTP/1.0", "A: b");
        OutboundRequest request = OutboundRequest.of(head, identity(head), Intent.PLAIN, "web:3000");
        assertTrue(request.fields().text().startsWith("Host: a:8443\r\nA: b\r\n"));
        assertTrue(request.fields().text().contains("X-Forwarded-Host: a:8443\r\nX-Forwarded-Port: 8443\r\n"));
        assertEquals("/x", request.target().raw());
    }

    private static String forwarded(String fields) {
        RequestHead head = Heads.request(Scheme.HTTPS, ("POST /x HTTP/1.1\n" + fields).split("\n", -1));
        return OutboundRequest.of(head, identity(head), Intent.PLAIN, "web:3000")
                .fields()
                .text()
                .replace("\r\n", "\n");
    }

    private static ForwardedIdentity identity(RequestHead head) {
        InetAddress peer = IpLiterals.parse("192.0.2.7").orElseThrow();
        return ForwardedIdentity.of(
                head,
                ClientFacts.of(peer, Scheme.HTTPS, 443, TrustedProxies.NONE),
                TrustedProxies.NONE,
                new RequestId("id-1"));
    }
}
