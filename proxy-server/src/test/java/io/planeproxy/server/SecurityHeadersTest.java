package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.tls.PemFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What browsers are told, in the replies of the upstream and in answers of our own. */
final class SecurityHeadersTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final String HSTS = "Strict-Transport-Security";
    private static final String ALL =
            "security-headers { hsts = 1h, content-type-options = on, frame-options = SAMEORIGIN, referrer-policy = origin }";

    @TempDir
    private static Path folder;

    private static PemFiles identity;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(folder);
    }

    @Test
    void hstsIsSaidForAYearWhereHttpsAndTheRedirectToItAreBothHere() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = redirecting(upstream, "")) {
            assertEquals(List.of("max-age=31536000"), overTls(proxy, GET).values(HSTS));
            Reply redirect = plainly(proxy, GET);
            assertEquals(301, redirect.status());
            assertEquals(List.of(), redirect.values(HSTS), "never over plain http");
        }
    }

    @Test
    void hstsIsNotSaidWhereTheRedirectIsMissingOrItIsOff() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy both = AssembledProxy.inFrontOf(upstream.address(), identity);
                AssembledProxy off = redirecting(upstream, "security-headers.hsts = off")) {
            assertEquals(List.of(), overTls(both, GET).values(HSTS));
            assertEquals(List.of(), overTls(off, GET).values(HSTS));
        }
    }

    @Test
    void whatTheUpstreamSaysItselfStaysAndIsNotDoubled() {
        Script own = Script.reply("HTTP/1.1 200 OK\r\nx-frame-options: DENY\r\nSTRICT-transport-security: max-age=1\r\n"
                + "Content-Length: 0\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(own);
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity, ALL)) {
            Reply reply = overTls(proxy, GET);
            assertEquals(List.of("DENY"), reply.values("X-Frame-Options"));
            assertEquals(List.of("max-age=1"), reply.values(HSTS));
            assertEquals(List.of("nosniff"), reply.values("X-Content-Type-Options"));
            assertEquals(List.of("origin"), reply.values("Referrer-Policy"));
        }
    }

    @Test
    void answersOfOurOwnSayItAllTheSame() {
        ScriptedUpstream away = ScriptedUpstream.answering(Script.tellTarget());
        away.close();
        try (AssembledProxy proxy = redirecting(away, ALL)) {
            assertAll(502, overTls(proxy, GET));
            assertAll(400, overTls(proxy, "GET /x HTTP/1.1\r\n\r\n"));
            assertAll(413, overTls(proxy, GET.replace("\r\n\r\n", "\r\nContent-Length: 99999999\r\n\r\n")));
            assertAll(200, overTls(proxy, "OPTIONS * HTTP/1.1\r\nHost: plane.example\r\n\r\n"));
            assertAllButHsts(301, plainly(proxy, GET));
        }
    }

    @Test
    void soDoesTheAnswerToAConnectionTooMany() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = redirecting(upstream, ALL + ", limits.connections = 1");
                RawClient first = RawClient.to(proxy.plain())) {
            assertEquals(301, first.send(GET).reply("GET").status());
            try (RawClient second = RawClient.to(proxy.plain())) {
                assertAllButHsts(503, second.reply("GET"));
            }
        }
    }

    private static void assertAll(int status, Reply reply) {
        assertEquals(List.of("max-age=3600"), reply.values(HSTS));
        assertTheRest(status, reply);
    }

    private static void assertAllButHsts(int status, Reply reply) {
        assertEquals(List.of(), reply.values(HSTS), "never over plain http");
        assertTheRest(status, reply);
    }

    private static void assertTheRest(int status, Reply reply) {
        assertEquals(status, reply.status());
        assertEquals(List.of("nosniff"), reply.values("X-Content-Type-Options"));
        assertEquals(List.of("SAMEORIGIN"), reply.values("X-Frame-Options"));
        assertEquals(List.of("origin"), reply.values("Referrer-Policy"));
    }

    private static Reply overTls(AssembledProxy proxy, String request) {
        try (RawClient client = RawClient.overTls(proxy.tls().orElseThrow(), "localhost")) {
            return client.send(request).reply(method(request));
        }
    }

    private static Reply plainly(AssembledProxy proxy, String request) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            return client.send(request).reply(method(request));
        }
    }

    private static String method(String request) {
        return request.substring(0, request.indexOf(' '));
    }

    private static AssembledProxy redirecting(ScriptedUpstream upstream, String more) {
        return AssembledProxy.of(
                """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [
                    { address = "127.0.0.1", port = 0, redirect-to-https = true, redirect-port = 443 }
                    { address = "127.0.0.1", port = 0, tls { certificate = "%s", key = "%s" } }
                  ]
                  %s
                }
                """.formatted(upstream.address().getPort(), identity.certificate(), identity.key(), more));
    }
}
