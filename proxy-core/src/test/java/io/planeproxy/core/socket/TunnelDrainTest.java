package io.planeproxy.core.socket;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.Meter;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamExchange;
import io.planeproxy.core.kit.WebSocketHandshake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of open WebSockets when the proxy is told to end. */
final class TunnelDrainTest {
    private static final int TUNNELS = 2000;
    private static final int MINUTE = 60;
    private static final Duration SPREAD = Duration.ofSeconds(2);

    /** Opened when the proxy is told to end; it may take long until all tunnels are there. */
    private final CompletableFuture<Void> draining = new CompletableFuture<>();

    private final Meter open = new Meter();
    private final Meter over = new Meter();
    private final Map<Integer, byte[]> atUpstream = new ConcurrentHashMap<>();

    @Test
    void everyTunnelGetsACloseFrame1012BetweenTwoFramesInBothDirectionsHoweverTheSendersCutThem() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(this::cutFrames);
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address())) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < TUNNELS; i++) {
                clients.add(new Client(i, RawClient.to(proxy.plain())));
            }
            open.awaitAtLeast(TUNNELS);
            List<CompletableFuture<byte[]>> atClients =
                    clients.stream().map(Client::goOn).toList();
            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> proxy.drain(Duration.ofSeconds(30), SPREAD));
            draining.complete(null);
            assertTrue(drained.join(), "everything finished in time");
            for (Client client : clients) {
                int number = client.number;
                byte[] there = stream(Side.UPSTREAM, number);
                assertClosed(there, atClients.get(number).join(), "at client " + number);
                client.socket.close();
            }
            over.awaitAtLeast(TUNNELS);
            atUpstream.forEach((number, bytes) ->
                    assertClosed(stream(Side.CLIENT, number), bytes, "at the upstream of client " + number));
            assertEquals(
                    TUNNELS,
                    proxy.journal().tunnels().stream()
                            .filter(tunnel -> tunnel.ending().words().equals("closed by the proxy 1012"))
                            .count());
        }
    }

    /** Frames of these arrive at the other side whole, and behind them a close frame, and nothing. */
    private static void assertClosed(byte[] sent, byte[] arrived, String where) {
        List<Frames.Frame> frames = Frames.read(arrived);
        Frames.Frame last = frames.getLast();
        assertEquals(0x88, last.first(), where);
        assertEquals(1012, (last.payload()[0] & 0xff) << 8 | last.payload()[1] & 0xff, where);
        int lengthOfLast = last.payload().length + (last.masked() ? 6 : 2);
        int length = arrived.length - lengthOfLast;
        assertArrayEquals(Arrays.copyOf(sent, length), Arrays.copyOf(arrived, length), where);
    }

    private enum Side {
        CLIENT,
        UPSTREAM
    }

    /** The frames that a side has to send. */
    private static byte[] stream(Side side, int number) {
        Random random = new Random(31L * number + side.ordinal());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            int last = random.nextBoolean() ? 0x80 : 0;
            byte[] payload = new byte[random.nextInt(600)];
            stream.writeBytes(Frames.frame(last | random.nextInt(3), payload, side == Side.CLIENT, random));
        }
        return stream.toByteArray();
    }

    /** How much of its frames a side has sent when the proxy is told to end: mostly the last one is not whole. */
    private static int cutAt(Side side, int number) {
        return new Random(17L * number + side.ordinal()).nextInt(stream(side, number).length);
    }

    private static byte[] rest(Side side, int number) {
        byte[] stream = stream(side, number);
        return Arrays.copyOfRange(stream, cutAt(side, number), stream.length);
    }

    /** Every other side answers a close frame; the others are waited for in vain. */
    private static boolean answers(int number) {
        return number % 2 == 0;
    }

    private static byte[] answer(Side side) {
        return Frames.close(1012, "", side == Side.CLIENT, new Random(1));
    }

    /** Reads until a close frame is there, or the end. @param received from the first frame on; more is added */
    private static void readUntilClose(ByteArrayOutputStream received, Supplier<byte[]> some) {
        for (byte[] part = some.get(); part.length > 0; part = some.get()) {
            received.writeBytes(part);
            if (endsWithClose(received.toByteArray())) {
                return;
            }
        }
    }

    private static boolean endsWithClose(byte[] bytes) {
        try {
            return Frames.read(bytes).getLast().first() == 0x88;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notWhole) {
            return false;
        }
    }

    /** The upstream's end of a tunnel: goes on at some moment, which may be before its tunnel is closed or after. */
    private void cutFrames(UpstreamExchange exchange) throws IOException {
        int number = Integer.parseInt(exchange.head().target().substring(1));
        exchange.switchProtocols();
        exchange.write(Arrays.copyOf(stream(Side.UPSTREAM, number), cutAt(Side.UPSTREAM, number)));
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        received.writeBytes(exchange.bytes(cutAt(Side.CLIENT, number)));
        open.add(1);
        draining.orTimeout(MINUTE, TimeUnit.SECONDS).join();
        long moment = new Random(number).nextLong(2 * SPREAD.toMillis());
        CompletableFuture.runAsync(() -> {}, delayedExecutor(moment, TimeUnit.MILLISECONDS))
                .join();
        exchange.write(Cuts.random(number, 400, rest(Side.UPSTREAM, number)));
        readUntilClose(received, exchange::some);
        if (answers(number)) {
            exchange.write(answer(Side.UPSTREAM));
        }
        received.writeBytes(exchange.untilEnd().bytes());
        atUpstream.put(number, received.toByteArray());
        over.add(1);
    }

    /** The client's end of a tunnel: goes on when it has read the close frame. */
    private final class Client {
        private final int number;
        private final RawClient socket;

        Client(int number, RawClient socket) {
            this.number = number;
            this.socket = socket;
            socket.send(WebSocketHandshake.request("/" + number));
            assertEquals(101, socket.interim().status());
            socket.send(Arrays.copyOf(stream(Side.CLIENT, number), cutAt(Side.CLIENT, number)));
        }

        CompletableFuture<byte[]> goOn() {
            CompletableFuture<byte[]> read = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                draining.orTimeout(MINUTE, TimeUnit.SECONDS).join();
                ByteArrayOutputStream received = new ByteArrayOutputStream();
                readUntilClose(received, socket::some);
                List<byte[]> pieces = new ArrayList<>(Cuts.random(number, 400, rest(Side.CLIENT, number)));
                if (answers(number)) {
                    pieces.add(answer(Side.CLIENT));
                }
                socket.sendAsFarAsTaken(pieces);
                received.writeBytes(socket.untilEnd().bytes());
                read.complete(received.toByteArray());
            });
            return read.orTimeout(MINUTE, TimeUnit.SECONDS);
        }
    }
}
