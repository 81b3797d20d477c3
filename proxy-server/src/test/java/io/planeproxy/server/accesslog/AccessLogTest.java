package io.planeproxy.server.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogTest {
    private static final String ACCESS = "plane-proxy.access";

    @TempDir
    private static Path folder;

    private static PemFiles identity;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(folder);
    }

    @Test
    void anExchangeIsOneLineWithoutWhatItsQuerySays() throws Exception {
        try (LogLines lines = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("hello!")));
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("POST /a\"b?token=secret HTTP/1.1\r\nHost: plane.example\r\nContent-Length: 4\r\n\r\nbody")
                    .reply("POST");
            assertEquals(
                    "127.0.0.1 \"POST /a\\x22b?… HTTP/1.1\" 200 4/6 S http://127.0.0.1:"
                            + upstream.address().getPort() + " ID complete",
                    withoutChance(lines.next()));
            assertEquals(List.of(), lines.rest());
        }
    }

    @Test
    void theNameOfARequestIsInTheLineInTheReplyAndAtTheUpstream() throws Exception {
        try (LogLines lines = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("")));
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                RawClient client = RawClient.to(proxy.plain())) {
            Reply kept = client.send("GET / HTTP/1.1\r\nHost: plane.example\r\nX-Request-Id: mine-1\r\n\r\n")
                    .reply("GET");
            assertEquals(List.of("mine-1"), kept.values("X-Request-Id"));
            assertEquals(List.of("mine-1"), upstream.awaitRequest().values("X-Request-Id"));
            assertTrue(lines.next().endsWith(" mine-1 complete"));
            String made = client.send("GET / HTTP/1.1\r\nHost: plane.example\r\nX-Request-Id: a b\r\n\r\n")
                    .reply("GET")
                    .values("X-Request-Id")
                    .getFirst();
            assertEquals(List.of(made), upstream.awaitRequest().values("X-Request-Id"));
            assertTrue(lines.next().endsWith(" " + made + " complete"));
        }
    }

    @Test
    void thatAFieldIsLeftOutForItsUnderscoreIsSaidOnce() throws Exception {
        try (LogLines lines = new LogLines(AccessLog.class.getName());
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("")));
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                RawClient client = RawClient.to(proxy.plain())) {
            for (int i = 0; i < 2; i++) {
                client.send("GET / HTTP/1.1\r\nHost: plane.example\r\nApi_Key: 1\r\nB_C: 2\r\n\r\n")
                        .reply("GET");
                assertEquals(List.of(), upstream.awaitRequest().values("Api_Key"));
            }
            assertEquals(
                    "127.0.0.1 sent the field Api_Key, which is not passed on, since an upstream may take its _ for a -;"
                            + " where Plane needs it, send it with a -. Others like it are left out without a word",
                    lines.next());
            assertEquals(List.of(), lines.rest());
        }
    }

    @Test
    void aNameThatTheUpstreamGivesIsLeftToIt() throws Exception {
        String reply = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nx-request-id: theirs\r\n\r\n";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(reply));
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(
                    List.of("theirs"),
                    client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n")
                            .reply("GET")
                            .values("X-Request-Id"));
        }
    }

    @Test
    void theFormatIsTheOneOfTheSettings() throws Exception {
        try (LogLines lines = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("")));
                AssembledProxy proxy = AssembledProxy.inFrontOf(
                        upstream.address(), identity, "access-log.format = \"$request_method $status\"");
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n").reply("GET");
            assertEquals("GET 200", lines.next());
        }
    }

    @Test
    void offIsNoLine() throws Exception {
        try (LogLines lines = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("")));
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "access-log.format = off");
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n").reply("GET");
            // When the second has its reply, the first has ended.
            client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n").reply("GET");
            assertEquals(List.of(), lines.rest());
        }
    }

    @Test
    void anUpgradeIsALineAtTheSwitchAndATunnelOneAtItsEnd() throws Exception {
        try (LogLines lines = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            String place = "http://127.0.0.1:" + upstream.address().getPort();
            try (RawClient client = RawClient.to(proxy.plain())) {
                client.send(WebSocketHandshake.request("/live"));
                client.interim();
                assertEquals(
                        "127.0.0.1 \"GET /live HTTP/1.1\" 101 0/0 S " + place + " ID switched",
                        withoutChance(lines.next()));
                client.send("12345").bytes(5);
                client.halfClose().untilEnd();
            }
            assertEquals(
                    "127.0.0.1 \"GET /live HTTP/1.1\" 101 5/5 S " + place
                            + " ID tunnel ended: client ended without a close (tunnel-client-lost)",
                    withoutChance(lines.next()));
        }
    }

    @Test
    void whatIsNoRequestIsOneLineThatSaysWhatWasSeen() throws Exception {
        try (LogLines lines = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            Reply reply = client.reply("GET");
            assertEquals(400, reply.status());
            assertTrue(client.ended());
            String line = lines.next();
            String id = reply.values("X-Request-Id").getFirst();
            assertTrue(line.contains(" 127.0.0.1 \"-\" 400 0/0 - - " + id + " refused malformed-two-hosts"), line);
            assertEquals(List.of(), lines.rest());
        }
    }

    @Test
    void aFailedHandshakeIsOneLineForWhoAsksAndNoneInTheAccessLog() throws Exception {
        try (LogLines lines = new LogLines(AccessLog.class.getName());
                LogLines access = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget())) {
            try (AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                    RawClient client = RawClient.to(proxy.tls().orElseThrow())) {
                client.send("\u0016\u0003\u0001\u0000\u0004garbage, and more of it");
                client.untilEnd();
                assertTrue(lines.next().startsWith("127.0.0.1: "));
            }
            assertEquals(List.of(), lines.rest());
            assertEquals(List.of(), access.rest());
        }
    }

    @Test
    void plainHttpToTheTlsPortIsAnsweredAndLoggedAsEveryRefusal() throws Exception {
        try (LogLines lines = new LogLines(ACCESS);
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "security-headers.hsts = 365d");
                RawClient client = RawClient.to(proxy.tls().orElseThrow())) {
            client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n");
            Reply reply = client.reply("GET");
            assertEquals(400, reply.status());
            assertEquals(List.of("http-on-tls-port"), reply.values("X-Plane-Proxy-Cause"));
            assertTrue(reply.bodyText().contains("must begin with https://"), reply::bodyText);
            assertEquals(List.of(), reply.values("Strict-Transport-Security"));
            assertTrue(client.ended());
            String line = lines.next();
            String id = reply.values("X-Request-Id").getFirst();
            assertTrue(line.endsWith(" 127.0.0.1 \"-\" 400 0/0 - - " + id + " refused http-on-tls-port"), line);
            assertEquals(List.of(), lines.rest());
        }
    }

    private static String withoutChance(String line) {
        return line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) ", "")
                .replaceFirst(" \\d+\\.\\d{3} ", " S ")
                .replaceFirst(" [0-9a-f]{32} ", " ID ");
    }
}
