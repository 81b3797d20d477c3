package io.planeproxy.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.planeproxy.core.kit.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class DemoUpstreamTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final DemoUpstream upstream = DemoUpstream.start(group);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        client.shutdownNow();
        upstream.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?from=somewhere", "/page.css", "/page.mjs", "/notepad.mjs", "/splice.mjs"})
    void thePageAndItsFilesAreThere(String path) throws Exception {
        HttpResponse<String> reply = get(path);
        assertEquals(200, reply.statusCode());
        assertTrue(reply.body().length() > 100, reply::body);
    }

    @Test
    void healthAnswersInTheWordsOfPlanesCollaborationServer() throws Exception {
        HttpResponse<String> reply = get("/live/health");
        assertEquals(200, reply.statusCode());
        assertTrue(reply.body().contains("\"status\":\"OK\""), reply::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/collaboration", "/nothing", "/live"})
    void whatIsNotThereIsSaidAsPlanesCollaborationServerSaysIt(String path) throws Exception {
        HttpResponse<String> reply = get(path);
        assertEquals(404, reply.statusCode());
        assertEquals("{\"message\":\"Not Found\"}", reply.body());
        assertEquals(
                "application/json; charset=utf-8",
                reply.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void headersShowsTheRequestAsItArrived() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at("http", "/headers?q=%2F"))
                .header("X-Forwarded-For", "192.0.2.7")
                .build();
        String body = client.send(request, BodyHandlers.ofString()).body();
        assertTrue(body.contains("\"requestLine\":\"GET /headers?q=%2F HTTP/1.1\""), body);
        assertTrue(body.contains("[\"X-Forwarded-For\",\"192.0.2.7\"]"), body);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_000_000})
    void uploadCountsEveryByte(int size) throws Exception {
        BodyPublisher whole = BodyPublishers.ofByteArray(new byte[size]);
        BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[size]));
        assertEquals("{\"bytes\":" + size + "}", post(whole).body());
        assertEquals("{\"bytes\":" + size + "}", post(chunked).body());
    }

    @Test
    void anUploadThatAsksFirstIsToldToContinue() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at("http", "/upload"))
                .expectContinue(true)
                .POST(BodyPublishers.ofString("four"))
                .build();
        assertEquals(
                "{\"bytes\":4}", client.send(request, BodyHandlers.ofString()).body());
    }

    @Test
    void uploadByAnotherMethodSaysWhichOne() throws Exception {
        HttpResponse<String> reply = get("/upload");
        assertEquals(405, reply.statusCode());
        assertEquals("POST", reply.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void whatOneWindowTypesReachesTheOther() throws Exception {
        Window one = open();
        assertEquals(0, one.next("welcome").getInt("revision"));
        Window two = open();
        two.next("welcome");
        assertEquals(2, one.nextWindows(2));

        one.type(0, 0, 0, "hello \u00e4\u4e2d\ud83d\ude00");
        assertEquals("hello \u00e4\u4e2d\ud83d\ude00", two.next("splice").getString("insert"));
        assertEquals(1, one.next("splice").getInt("revision"));
        two.type(1, 0, 0, "> ");
        assertEquals("> ", one.next("splice").getString("insert"));
    }

    @Test
    void aNewcomerJoinsWithThePresentText() throws Exception {
        Window early = open();
        early.type(0, 0, 0, "written \"before\"\n");
        early.next("splice");
        assertEquals("written \"before\"\n", open().next("welcome").getString("text"));
    }

    @Test
    void whoLeavesIsCountedOut() throws Exception {
        Window one = open();
        Window two = open();
        assertEquals(2, one.nextWindows(2));
        two.close();
        assertEquals(1, one.nextWindows(1));
    }

    @Test
    void anEditThatCannotBeMadeBringsTheTextAnew() throws Exception {
        Window window = open();
        window.type(0, 5, 0, "beyond the end");
        assertEquals("", window.next("anew").getString("text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "[]", "{\"revision\":0}", "{\"revision\":0,\"at\":-1,\"remove\":0,\"insert\":\"\"}"
            })
    void aMessageThatIsNoEditClosesTheSocketWithTheReason(String message) throws Exception {
        Window window = open();
        window.say(message);
        assertEquals(1007, window.closeCode());
    }

    @Test
    void aWindowThatDoesNotReadIsDropped() throws Exception {
        Window reader = open();
        Window.openDeaf(client, at("ws", "/live/collaboration"));
        assertEquals(2, reader.nextWindows(2));
        String whole = "x".repeat(NotepadText.LIMIT);
        reader.type(0, 0, 0, whole);
        int revision = reader.next("splice").getInt("revision");
        // Far more than the kernel's buffers and ours hold together.
        while (revision < 5_000 && reader.windows() == 2) {
            reader.type(revision, 0, whole.length(), whole);
            revision = reader.next("splice").getInt("revision");
        }
        assertEquals(1, reader.windows(), "windows after " + revision + " edits of 20 kB");
    }

    @Test
    void oneWindowTooManyIsSentAwayToTryAgainLater() throws Exception {
        for (int open = 1; open <= 64; open++) {
            open().next("welcome");
        }
        assertEquals(1013, open().closeCode());
    }

    /** Over a raw socket: the JDK's WebSocket now and then reads the end of its connection and never tells its listener. */
    @Test
    void closingEndsOpenSocketsAndFreesThePort() {
        try (RawClient window = RawClient.to(upstream.address())) {
            window.send("""
                    GET /live/collaboration HTTP/1.1\r
                    Host: notepad\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    \r
                    """);
            assertEquals(101, window.interim().status());
            upstream.close();
            window.untilEnd();
        }
        IOException refused = assertThrows(IOException.class, () -> get("/"));
        assertTrue(refused instanceof ConnectException, refused::toString);
    }

    private Window open() throws Exception {
        return Window.open(client, at("ws", "/live/collaboration?documentType=project_page"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at("http", path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at("http", "/upload"))
                .timeout(Duration.ofSeconds(10))
                .POST(body)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI at(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + upstream.address().getPort() + path);
    }
}
