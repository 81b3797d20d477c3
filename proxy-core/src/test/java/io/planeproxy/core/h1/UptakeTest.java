package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.planeproxy.core.relay.Callbacks;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UptakeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration ALMOST = LIMIT.minusNanos(1);

    private final SlowPeer client = new SlowPeer(new ChannelInboundHandlerAdapter());
    private final Callbacks callbacks = new Callbacks(client.eventLoop(), fault -> {
        throw new AssertionError(fault);
    });
    private final Uptake uptake = new Uptake(client.pipeline().lastContext(), callbacks, LIMIT, () -> this.stalled++);
    private int stalled;
    private int whole;

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
    }

    @Test
    void whoTakesNothingIsToldOnceWhenTheLimitIsOver() {
        send(100_000);
        uptake.watch();
        client.pass(ALMOST);
        assertEquals(0, stalled);
        client.pass(LIMIT);
        assertEquals(1, stalled);
        client.pass(LIMIT.multipliedBy(3));
        assertEquals(1, stalled);
    }

    /** Of one large buffer, which stays as long as a byte of it is left. */
    @Test
    void whoTakesAByteWithinEachLimitIsWaitedFor() {
        send(100_000);
        uptake.watch();
        for (int round = 0; round < 20; round++) {
            client.take(1);
            client.pass(LIMIT);
            assertEquals(0, stalled, "in round " + round);
        }
        client.pass(LIMIT);
        assertEquals(1, stalled);
    }

    @Test
    void whoTakesWholeBuffersIsWaitedFor() {
        for (int buffer = 0; buffer < 5; buffer++) {
            send(1000);
        }
        uptake.watch();
        for (int round = 0; round < 4; round++) {
            client.take(1000);
            client.pass(LIMIT);
            assertEquals(0, stalled, "in round " + round);
        }
    }

    @Test
    void nobodyIsToldOnceItIsLifted() {
        send(100_000);
        uptake.watch();
        uptake.lift();
        client.pass(LIMIT);
        uptake.watch();
        uptake.cancel();
        client.pass(LIMIT);
        assertEquals(0, stalled);
    }

    @Test
    void theEndIsToldWhenTheLastByteIsTaken() {
        send(1000);
        uptake.watchUntilWhole(() -> whole++);
        client.take(999);
        assertEquals(0, whole);
        client.take(1);
        assertEquals(1, whole);
        assertTrue(uptake.isWhole());
        client.pass(LIMIT);
        assertEquals(0, stalled);
    }

    @Test
    void theEndIsNotToldToWhoIsNoLongerInterested() {
        send(1000);
        uptake.watchUntilWhole(() -> whole++);
        uptake.lift();
        client.take(1000);
        assertEquals(0, whole);
    }

    private void send(int bytes) {
        client.writeOneOutbound(Unpooled.wrappedBuffer(new byte[bytes]));
        client.flush();
    }
}
