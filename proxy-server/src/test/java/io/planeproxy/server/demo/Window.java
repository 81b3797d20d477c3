package io.planeproxy.server.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A window at the notepad, without a browser. */
final class Window {
    private static final ConfigParseOptions JSON = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);

    private final WebSocket socket;
    private final Listener heard;
    private int windows;

    private Window(WebSocket socket, Listener heard) {
        this.socket = socket;
        this.heard = heard;
    }

    static Window open(HttpClient client, URI address) throws Exception {
        return open(client, address, new Listener());
    }

    /** A window that never reads what it is sent. */
    static Window openDeaf(HttpClient client, URI address) throws Exception {
        return open(client, address, new Listener() {
            @Override
            public void onOpen(WebSocket socket) {}
        });
    }

    private static Window open(HttpClient client, URI address, Listener heard) throws Exception {
        WebSocket socket =
                client.newWebSocketBuilder().buildAsync(address, heard).get(10, TimeUnit.SECONDS);
        return new Window(socket, heard);
    }

    void type(int base, int at, int remove, String insert) {
        Map<String, ?> edit = Map.of("revision", base, "at", at, "remove", remove, "insert", insert);
        say(ConfigFactory.parseMap(edit).root().render(ConfigRenderOptions.concise()));
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** The next message of a type, skipping others. */
    Config next(String type) throws InterruptedException {
        while (true) {
            String message = heard.messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("No message of type " + type + " came within 10 s");
            }
            Config read = ConfigFactory.parseString(message, JSON);
            if (read.getString("type").equals("windows")) {
                windows = read.getInt("count");
            }
            if (read.getString("type").equals(type)) {
                return read;
            }
        }
    }

    /** Waits until so many windows are reported. */
    int nextWindows(int expected) throws InterruptedException {
        do {
            next("windows");
        } while (windows != expected);
        return windows;
    }

    /** How many windows were last reported. */
    int windows() {
        return windows;
    }

    /** The code it was closed with. */
    int closeCode() throws Exception {
        return heard.closed.get(10, TimeUnit.SECONDS);
    }

    private static class Listener implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
