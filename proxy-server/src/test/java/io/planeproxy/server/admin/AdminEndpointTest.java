package io.planeproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminEndpointTest {
    @TempDir
    private Path folder;

    private final BlockingQueue<AdminRequest> asked = new LinkedBlockingQueue<>();
    private final Gate slow = new Gate("slow");
    private final AdminEndpoint endpoint = AdminEndpoint.of(new AdminPages(List.of(
            page(AdminPage.Verb.GET, "/look", request -> {
                asked.add(request);
                return AdminReply.text(200, "seen");
            }),
            page(AdminPage.Verb.POST, "/change", request -> {
                asked.add(request);
                return AdminReply.text(422, List.of("one", "two"));
            }),
            page(AdminPage.Verb.GET, "/slow", request -> {
                slow.await();
                return AdminReply.text(200, "at last");
            }),
            page(AdminPage.Verb.GET, "/fault", request -> {
                throw new IllegalStateException("bug");
            }))));

    @AfterEach
    void end() {
        endpoint.close();
    }

    @Test
    void theOwnerAsksAndOrdersThroughTheSocket() throws Exception {
        AdminClient client = opened();
        assertEquals(new AdminClient.Answer(200, "seen\n"), client.get("/look?a=1&b=%20&a=2"));
        AdminRequest look = asked.take();
        assertEquals("1", look.query().get("a"));
        assertEquals(" ", look.query().get("b"));
        assertEquals(new AdminClient.Answer(422, "one\ntwo\n"), client.post("/change"));
        if (Epoll.isAvailable()) {
            long uid = ((Number) Files.getAttribute(folder, "unix:uid")).longValue();
            assertEquals(
                    "process " + ProcessHandle.current().pid() + " of uid " + uid,
                    asked.take().asker());
        }
    }

    @Test
    void whatThereIsNotIsAnsweredWithWhatThereIs() throws Exception {
        AdminClient client = opened();
        assertEquals(
                new AdminClient.Answer(
                        404, "no such page; there are:\n  GET /look\n  POST /change\n  GET /slow\n  GET /fault\n"),
                client.get("/lok"));
        assertEquals(new AdminClient.Answer(405, "not with GET; there is: POST /change\n"), client.get("/change"));
        assertTrue(asked.isEmpty());
    }

    @Test
    void aFaultOfAPageIsAnAnswerTooAndOneThatTakesItsTimeKeepsNobodyFromOthers() throws Exception {
        AdminClient client = opened();
        assertEquals(500, client.get("/fault").status());
        CompletableFuture<AdminClient.Answer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return client.get("/slow");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(200, client.get("/look").status());
        assertFalse(waiting.isDone());
        slow.open();
        assertEquals("at last\n", waiting.join().body());
    }

    @Test
    void theSocketIsForItsOwnerAlone() throws Exception {
        opened();
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin.sock"))));
        assertFalse(Files.exists(folder.resolve("admin.sock.new"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aSocketThatAProcessLeftBehindGivesWayAndOneThatIsAnsweredDoesNot() throws Exception {
        Path path = folder.resolve("admin.sock");
        AdminClient client = new AdminClient(path);
        try (AdminEndpoint first = AdminEndpoint.of(new AdminPages(List.of()))) {
            first.open(path);
            assertEquals(404, client.get("/").status());
            IOException refused = assertThrows(IOException.class, () -> endpoint.open(path));
            assertTrue(
                    refused.getMessage().startsWith(path + ": another process answers there; expected"),
                    refused::getMessage);
            assertEquals(404, client.get("/").status());
            // As it is left where a process is killed: the file is there, and nobody listens.
            Files.createLink(folder.resolve("kept"), path);
        }
        Files.move(folder.resolve("kept"), path);
        assertTrue(client.obstacle().orElseThrow().endsWith("Connection refused"), client.obstacle()::toString);
        endpoint.open(path);
        assertEquals(200, client.get("/look").status());
    }

    @Test
    void theSocketOfASuccessorIsNotTakenAway() throws Exception {
        AdminClient client = opened();
        Files.delete(client.socket());
        try (AdminEndpoint successor = AdminEndpoint.of(new AdminPages(List.of()))) {
            successor.open(client.socket());
            endpoint.giveUp();
            assertEquals(404, client.get("/look").status());
        }
        assertFalse(Files.exists(client.socket(), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aPlaceThatIsNotFitIsRefusedInASentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no socket");
        assertRefused(file, file + ": is there already and is no socket; expected none");
        assertEquals("no socket", Files.readString(file));
        assertRefused(
                folder.resolve("missing/admin.sock"),
                folder + "/missing/admin.sock: there is no directory " + folder + "/missing; expected");
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused(open.resolve("admin.sock"), open + "/admin.sock: others may write to " + open);
        Path deep = Files.createDirectory(folder.resolve("d".repeat(100)));
        assertRefused(deep.resolve("admin.sock"), deep + "/admin.sock: too long for a socket; expected at most 103");
    }

    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a directory away");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.setAttribute(other, "unix:uid", 65534);
        assertRefused(other.resolve("admin.sock"), other + "/admin.sock: " + other + " belongs to uid 65534");
        try (var left = Files.list(other)) {
            assertEquals(0, left.count());
        }
    }

    private void assertRefused(Path path, String sentence) {
        IOException refused = assertThrows(IOException.class, () -> endpoint.open(path));
        assertTrue(refused.getMessage().startsWith(sentence), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /look | Host: 127.0.0.1:PORT                             | 200",
                "GET /look | Host: localhost:PORT                             | 200",
                "GET /look | Host: LOCALHOST                                  | 200",
                "GET /look | Host: [::1]:PORT                                 | 200",
                "GET /look | Host: localhost, Origin: http://localhost:PORT   | 200",
                "GET /look | Host: localhost, Sec-Fetch-Site: same-origin     | 200",
                "GET /look | Host: attacker.example:PORT                      | 403",
                "GET /look | Host: 127.0.0.1.attacker.example                 | 403",
                "GET /look | Host: 10.0.0.5:PORT                              | 403",
                "GET /look | X: no host                                       | 403",
                "GET /look | Host: localhost, Origin: https://attacker.example | 403",
                "GET /look | Host: localhost, Origin: null                    | 403",
                "GET /look | Host: localhost, Sec-Fetch-Site: cross-site      | 403",
                "POST /change | Host: localhost                               | 403",
                "POST /look | Host: localhost                                 | 403",
                "GET /nothing | Host: localhost                               | 404"
            })
    void thePortIsForQuestionsFromThisMachine(String line, String fields, int status) throws Exception {
        InetSocketAddress address = endpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        String head = fields.replace("PORT", String.valueOf(address.getPort())).replace(", ", "\r\n");
        try (RawClient client = RawClient.to(address)) {
            Reply reply =
                    client.send(line + " HTTP/1.1\r\n" + head + "\r\n\r\n").reply("GET");
            assertEquals(status, reply.status(), reply::bodyText);
            assertEquals(List.of("close"), reply.values("Connection"));
            assertTrue(client.ended());
        }
        assertEquals(status == 200, !asked.isEmpty());
    }

    /** As one comes where the socket is behind a port of the user's machine, through ssh -L. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /change | Origin: http://localhost:3000             | HTTP/1.1 403",
                "POST /change | Sec-Fetch-Site: same-site                 | HTTP/1.1 403",
                "POST /change | X: nothing of a browser                   | HTTP/1.1 422",
                "GET /look    | Origin: https://attacker.example          | HTTP/1.1 403",
                "GET /look    | Sec-Fetch-Site: none                      | HTTP/1.1 200"
            })
    void theSocketTakesNoOrderFromABrowser(String line, String field, String expected) throws Exception {
        Path path = opened().socket();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            String request = line.strip() + " HTTP/1.1\r\nHost: localhost\r\n" + field.strip() + "\r\n\r\n";
            channel.write(StandardCharsets.US_ASCII.encode(request));
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith(expected), answer);
        }
    }

    @Test
    void whatIsNoRequestIsAnswered400AndWhatIsTooLargeIsRefused() throws Exception {
        InetSocketAddress address = endpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (RawClient client = RawClient.to(address)) {
            assertEquals(
                    400,
                    client.send("\u0016\u0003\u0001 x y z\r\n\r\n").reply("GET").status());
        }
        try (RawClient client = RawClient.to(address)) {
            client.send("GET /look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n");
            assertEquals(413, client.reply("GET").status());
        }
        assertTrue(asked.isEmpty());
    }

    private AdminClient opened() throws IOException {
        Path path = folder.resolve("admin.sock");
        endpoint.open(path);
        return new AdminClient(path);
    }

    private static AdminPage page(AdminPage.Verb verb, String path, Function<AdminRequest, AdminReply> answer) {
        return new AdminPage() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public Verb verb() {
                return verb;
            }

            @Override
            public AdminReply answer(AdminRequest request) {
                return answer.apply(request);
            }
        };
    }
}
