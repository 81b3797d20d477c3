package io.planeproxy.server.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks a running proxy through its Unix socket. Blocks. */
public final class AdminClient {
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;
    private static final int PIECE = 16 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path socket;

    public AdminClient(Path socket) {
        this.socket = socket;
    }

    /** What a page answered. */
    public record Answer(int status, String body) {}

    /** Where it asks. */
    public Path socket() {
        return socket;
    }

    /** Why nobody can be asked there, in the words of the system; nothing where somebody listens. */
    public Optional<String> obstacle() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.empty();
        } catch (IOException why) {
            return Optional.of(socket + ": " + why.getMessage());
        }
    }

    /** @throws IOException if nobody answers, or not in a way that can be understood */
    public Answer get(String path) throws IOException {
        return ask(AdminPage.Verb.GET, path);
    }

    /** @throws IOException if nobody answers, or not in a way that can be understood */
    public Answer post(String path) throws IOException {
        return ask(AdminPage.Verb.POST, path);
    }

    private Answer ask(AdminPage.Verb verb, String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .execute(() -> close(channel));
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer request = ByteBuffer.wrap(request(verb, path));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return parsed(everything(channel));
        } catch (ClosedChannelException late) {
            throw new IOException("no answer within " + LIMIT.toSeconds() + " s", late);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** The bytes of an order, for whoever cannot read an answer in HTTP. */
    public static byte[] orderTo(String path) {
        return request(AdminPage.Verb.POST, path);
    }

    private static byte[] request(AdminPage.Verb verb, String path) {
        return (verb + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] everything(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (channel.read(piece) >= 0) {
            answer.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return answer.toByteArray();
    }

    private static Answer parsed(byte[] bytes) throws IOException {
        ByteBuf raw = Unpooled.wrappedBuffer(bytes);
        EmbeddedChannel decoder =
                new EmbeddedChannel(new HttpResponseDecoder(), new HttpObjectAggregator(LARGEST_ANSWER));
        decoder.writeInbound(raw);
        Optional<FullHttpResponse> response = Optional.ofNullable(decoder.readInbound());
        try {
            if (response.isEmpty() || !response.get().decoderResult().isSuccess()) {
                throw new IOException("the answer is not whole");
            }
            FullHttpResponse whole = response.get();
            return new Answer(whole.status().code(), whole.content().toString(StandardCharsets.UTF_8));
        } finally {
            response.ifPresent(FullHttpResponse::release);
            decoder.finishAndReleaseAll();
        }
    }
}
