package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamExchange;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret is in anything that the program writes or shows, however its exchange goes, at the most talkative level of the log that
 * is meant for operators. Every secret here has {@link #SECRET} in it.
 */
final class SecretsTest {
    private static final String SECRET = "hush";

    private static final String FIELDS = """
            Cookie: session-id=hush-cookie; csrf=hush-csrf
            Authorization: Bearer hush-bearer
            Proxy-Authorization: Basic hush-basic
            X-Api-Key: hush-api-key
            Referer: https://user:hush-user@plane.example/page?token=hush-referer
            """.replace("\n", "\r\n");

    private static final String QUERY = "?token=hush-query&X-Amz-Signature=hush-signature";

    private static final List<String> MALFORMED = List.of(
            "GET /x" + QUERY + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + FIELDS + "\r\n",
            "GET /x" + QUERY + " HTTP/9.9\r\nHost: a\r\n" + FIELDS + "\r\n",
            "GET /x" + QUERY + " hush HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET x" + QUERY + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a/../b" + QUERY + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%zz" + QUERY + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://user:hush-user@other/x" + QUERY + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://other/x" + QUERY + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /x" + QUERY + " HTTP/1.1\r\nHost: user:hush-user@a\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: a\r\nCookie : session-id=hush-cookie\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: a\r\nCookie session-id=hush-cookie\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: a\r\nCookie: a\r\n hush-folded\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: a\r\nCookie: hush-\u0001cookie\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: a\r\nCookie: hush-cookie\nX: y\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5x\r\n" + FIELDS + "\r\nhush-body",
            "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nhush-chunk\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5hush-size\r\n",
            "GET /x" + "y".repeat(20_000) + QUERY + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: a\r\nCookie: " + "hush".repeat(20_000) + "\r\n\r\n",
            "TRACE /x" + QUERY + " HTTP/1.1\r\nHost: a\r\n" + FIELDS + "\r\n",
            "CONNECT user:hush-user@a:1 HTTP/1.1\r\nHost: a\r\n\r\n");

    private static final List<String> PAGES = List.of(
            "/", "/health", "/ready", "/config", "/listeners", "/metrics", "/sockets", "/self-test?name=x", "/none");

    /** Each is the last part of a configuration that is wrong. */
    private static final List<String> WRONG = List.of(
            "listeners += { port = 1, tls { certificate = \"CERTIFICATE\", key = \"KEY\", passphrase = [\"hush-list\"] } }",
            "listeners += { port = 1, tls { certificate = \"CERTIFICATE\", key = \"KEY\", passphrase { a = \"hush-in\" } } }",
            "listeners += { port = 1, tls { certificate = \"CERTIFICATE\", key = \"KEY\", passphrse = \"hush-slip\" } }",
            "listeners += { port = 1, tls { certificate = \"CERTIFICATE\", key = \"KEY\", passphrase = \"hush-open }",
            "listeners += { port = 1, tls { certificate = \"CERTIFICATE\", key = \"KEY\", passphrase = hush-bare$ } }",
            "listeners += { port = 1, tls { certificate = \"none\", key = \"KEY\", passphrase = \"hush-good\" } }",
            "listeners += { port = 1, tls { certificate = \"CERTIFICATE\", key = \"GARBAGE\", passphrase = \"hush-good\" } }",
            "listeners += { port = 1, tls { certificate = \"CERTIFICATE\", key = \"GARBAGE\", passphrase-file = \"GARBAGE\" } }",
            "upstream = \"http://user:hush-user@10.0.0.5\"");

    @TempDir
    private Path folder;

    private final StringBuilder written = new StringBuilder();

    @Test
    void noSecretIsWrittenOrShown() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(SecretsTest::answer);
                RefusingPort dead = RefusingPort.take();
                ProgramProcess program = started(identity, upstream, dead)) {
            InetSocketAddress plain = port(program, "listening on 127\\.0\\.0\\.1:(\\d+) for http,");
            InetSocketAddress secure = port(program, "listening on 127\\.0\\.0\\.1:(\\d+) for https");
            exchanges(plain, secure);
            MALFORMED.forEach(request -> send(plain, request));
            reloads(identity, upstream, dead);
            others(plain);
            program.await("tunnel ended: closed by client 1000");
            pages();
            pagesAsJson(port(program, "answering questions at http://127\\.0\\.0\\.1:(\\d+)"));
            program.terminate();
            assertEquals(0, program.exitCode());
            keep(program);
        }
        List<String> secrets = new ArrayList<>(List.of(SECRET));
        Files.readAllLines(identity.key()).stream()
                .filter(line -> !line.startsWith("-") && line.length() > 16)
                .forEach(secrets::add);
        assertTrue(secrets.size() > 1);
        List<String> found = written.toString()
                .lines()
                .filter(line -> secrets.stream().anyMatch(line::contains))
                .toList();
        assertEquals(List.of(), found);
        for (String sign :
                List.of("upgrade-refused-by-upstream", "malformed-two-hosts", "(secret)", "body-over-limit")) {
            assertTrue(written.indexOf(sign) >= 0, () -> "nothing of " + sign + " in " + written);
        }
    }

    private void exchanges(InetSocketAddress plain, InetSocketAddress secure) {
        for (String path : List.of("/answered", "/garbage", "/cut", "/silent", "/dead/x")) {
            send(plain, "GET " + path + QUERY + " HTTP/1.1\r\nHost: plane.example\r\n" + FIELDS + "\r\n");
        }
        send(
                plain,
                "POST /answered" + QUERY + " HTTP/1.1\r\nHost: plane.example\r\n" + FIELDS
                        + "Content-Length: 13\r\n\r\nhush-password");
        send(
                plain,
                "POST /large" + QUERY + " HTTP/1.1\r\nHost: plane.example\r\n" + FIELDS
                        + "Content-Length: 99000000\r\n\r\n");
        send(plain, WebSocketHandshake.request("/refused" + QUERY).replace("Connection:", FIELDS + "Connection:"));
        send(secure, "GET /plain-to-tls" + QUERY + " HTTP/1.1\r\nHost: plane.example\r\n" + FIELDS + "\r\n");
        try (RawClient client = RawClient.to(plain)) {
            client.send(WebSocketHandshake.request("/ws" + QUERY).replace("Connection:", FIELDS + "Connection:"))
                    .interim();
            byte[] text = Frames.frame(0x81, Wire.bytes("hush-message"), true, new Random(1));
            byte[] close = Frames.close(1000, "", true, new Random(1));
            client.send(text).bytes(text.length);
            client.send(close).bytes(close.length);
        }
    }

    /** Sends it and reads whatever comes back, which is the client's own business. */
    private static void send(InetSocketAddress address, String request) {
        try (RawClient client = RawClient.to(address)) {
            client.send(request).awaitFirstByte();
        }
    }

    private static void answer(UpstreamExchange exchange) throws IOException {
        String target = exchange.head().target();
        if (target.startsWith("/ws")) {
            Script.upgradeAndEcho().serve(exchange);
            return;
        }
        exchange.request();
        switch (target.split("\\?", 2)[0]) {
            case "/garbage" -> exchange.write("Set-Cookie: hush-no-status\r\n\r\n");
            case "/cut" ->
                exchange.write("HTTP/1.1 200 OK\r\nSet-Cookie: hush-set-cookie\r\nContent-Length: 99\r\n\r\nhush");
            case "/silent" -> exchange.write("HTTP/1.1 200 OK\r\nSet-Cookie : hush-set-cookie\r\n\r\n");
            case "/answered", "/refused" -> {
                exchange.write(
                        "HTTP/1.1 404 Not Found\r\nSet-Cookie: session-id=hush-set-cookie\r\nContent-Length: 4\r\n\r\nhush");
                return;
            }
            default -> {
                exchange.write(
                        "HTTP/1.1 404 Not Found\r\nSet-Cookie: hush-for-the-doctor\r\nContent-Length: 2\r\n\r\nno");
                return;
            }
        }
        exchange.close();
    }

    private void reloads(PemFiles identity, ScriptedUpstream upstream, RefusingPort dead) throws Exception {
        Path garbage = Files.writeString(
                folder.resolve("garbage.pem"),
                "-----BEGIN PRIVATE KEY-----\nhush-key\n-----END PRIVATE KEY-----\nhush\n");
        for (String wrong : WRONG) {
            write(
                    identity,
                    upstream,
                    dead,
                    wrong.replace("GARBAGE", garbage.toString())
                            .replace("CERTIFICATE", identity.certificate().toString())
                            .replace("KEY", identity.key().toString()));
            AdminClient.Answer answer = new AdminClient(socket()).post("/reload");
            assertEquals(422, answer.status(), answer::body);
            written.append(answer.body());
        }
        run(2, "reload", "--admin", socket().toString());
        run(2, "check", "--config", file().toString());
        written.append(new AdminClient(socket()).get("/").body());
        write(identity, upstream, dead, "");
        run(0, "reload", "--admin", socket().toString());
    }

    /** What is run beside it. */
    private void others(InetSocketAddress plain) throws Exception {
        try (ProgramProcess doctor = ProgramProcess.start(
                "doctor",
                "--config",
                file().toString(),
                "--url",
                "http://user:hush-user@127.0.0.1:" + plain.getPort() + "/" + QUERY)) {
            doctor.exitCode();
            keep(doctor);
        }
        try (ProgramProcess doctor = ProgramProcess.start("doctor", "--json", "--config", file().toString())) {
            doctor.exitCode();
            keep(doctor);
        }
    }

    private void pages() throws Exception {
        AdminClient client = new AdminClient(socket());
        for (String page : PAGES) {
            AdminClient.Answer answer = client.get(page);
            assertEquals(page.equals("/none") ? 404 : 200, answer.status(), page);
            written.append(answer.body()).append('\n');
        }
    }

    private void pagesAsJson(InetSocketAddress admin) {
        for (String page : PAGES) {
            written.append(asJson(admin, page)).append('\n');
        }
        List<? extends Config> values =
                ConfigFactory.parseString(asJson(admin, "/config")).getConfigList("values");
        assertEquals(
                List.of("(secret)"),
                values.stream()
                        .filter(value -> value.getString("key").endsWith(".passphrase"))
                        .map(value -> value.getString("value"))
                        .toList());
    }

    private static String asJson(InetSocketAddress admin, String page) {
        try (RawClient client = RawClient.to(admin)) {
            return client.send("GET " + page + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n")
                    .reply("GET")
                    .bodyText();
        }
    }

    private void run(int exitCode, String... arguments) throws Exception {
        try (ProgramProcess command = ProgramProcess.start(arguments)) {
            int code = command.exitCode();
            keep(command);
            assertEquals(exitCode, code, () -> command.errors().toString());
        }
    }

    private void keep(ProgramProcess ended) {
        ended.output().forEach(line -> written.append(line).append('\n'));
        ended.errors().forEach(line -> written.append(line).append('\n'));
    }

    private ProgramProcess started(PemFiles identity, ScriptedUpstream upstream, RefusingPort dead) throws Exception {
        write(identity, upstream, dead, "");
        ProgramProcess program = ProgramProcess.start("run", "--config", file().toString());
        program.await("taking orders at ");
        return program;
    }

    /** @param last lines that stand behind all others */
    private void write(PemFiles identity, ScriptedUpstream upstream, RefusingPort dead, String last) throws Exception {
        Files.writeString(file(), """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  routes = [ { path = "/dead", upstream = "http://127.0.0.1:%d" } ]
                  listeners = [
                    { address = "127.0.0.1", port = 0 }
                    { address = "127.0.0.1", port = 0
                      tls { certificate = "%s", key = "%s", passphrase = "hush-passphrase" } }
                  ]
                  admin.socket = "%s"
                  admin.listen = "127.0.0.1:0"
                  log.level = debug
                  timeouts.hold = off
                  %s
                }
                """.formatted(
                        upstream.address().getPort(),
                        dead.address().getPort(),
                        identity.certificate(),
                        identity.key(),
                        socket(),
                        last));
    }

    private Path file() {
        return folder.resolve("plane-proxy.conf");
    }

    private Path socket() {
        return folder.resolve("admin.sock");
    }

    private static InetSocketAddress port(ProgramProcess program, String line) throws InterruptedException {
        return new InetSocketAddress(
                "127.0.0.1", Integer.parseInt(program.await(line).group(1)));
    }
}
