package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.ReplyHead;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.relay.UpstreamStream;
import io.planeproxy.core.route.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An upstream that takes a request slowly or not at all, and when it is to blame, in a time of its own. */
final class UpstreamConnectionTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final RecordingJournal journal = new RecordingJournal();
    private final UpstreamConnection connection =
            new UpstreamConnection(new Upstream(Scheme.HTTP, "upstream", 3000), new Nowhere(), journal);
    private final NarrowChannel channel = new NarrowChannel(connection);
    private final Listener heard = new Listener();

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
        connection.send(post(), LIMIT, heard);
    }

    @AfterEach
    void close() {
        connection.discard();
        channel.finishAndReleaseAll();
        journal.assertNoBugs();
    }

    @Test
    void aConnectionThatHasTakenTheWholeRequestServesAgain() {
        upload(4000);
        connection.endBody();
        says(OK);
        assertInstanceOf(UpstreamStream.Leg.InSync.class, heard.legs.getFirst());
    }

    @Test
    void aConnectionThatStillOwesBytesOfTheRequestServesNobodyElse() {
        channel.room = 0;
        upload(4000);
        connection.endBody();
        says(OK);
        assertInstanceOf(UpstreamStream.Leg.Spoiled.class, heard.legs.getFirst());
    }

    @Test
    void anUpstreamThatHasTakenAllThereIsOfTheRequestMayWaitForTheRest() {
        upload(1000);
        pass(Duration.ofSeconds(100));
        assertEquals(List.of(), heard.failures);
        upload(3000);
        connection.endBody();
        pass(LIMIT.minusMillis(1));
        assertEquals(List.of(), heard.failures);
        pass(Duration.ofMillis(1));
        assertEquals(List.of("reply-timeout"), heard.failures);
    }

    @Test
    void anUpstreamThatHasBegunItsReplyMayWaitForTheRestToo() {
        upload(1000);
        says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
        pass(Duration.ofSeconds(100));
        assertEquals(List.of(), heard.failures);
    }

    @Test
    void anUpstreamThatTakesNothingOfTheRequestIsSilent() {
        channel.room = 0;
        upload(2000);
        pass(LIMIT);
        assertEquals(List.of("reply-timeout"), heard.failures);
    }

    @Test
    void anUpstreamThatTakesTheRequestSlowlyIsNot() {
        channel.room = 0;
        upload(2000);
        for (int i = 0; i < 2; i++) {
            channel.room = 500;
            connection.channel().flush();
            pass(LIMIT);
            assertEquals(List.of(), heard.failures);
        }
        pass(LIMIT);
        assertEquals(List.of("reply-timeout"), heard.failures);
    }

    @Test
    void anUpstreamThatIsNotReadIsNotToBlame() {
        connection.pauseReply();
        upload(4000);
        connection.endBody();
        pass(Duration.ofSeconds(100));
        assertEquals(List.of(), heard.failures);
        connection.resumeReply();
        pass(LIMIT);
        assertEquals(List.of("reply-timeout"), heard.failures);
    }

    private void upload(int bytes) {
        connection.sendBody(Unpooled.wrappedBuffer(new byte[bytes]));
        channel.runPendingTasks();
    }

    private void says(String latin1) {
        channel.writeInbound(Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1));
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static OutboundRequest post() {
        RequestHead head = Heads.request("POST /x HTTP/1.1", "Host: plane.example", "Content-Length: 4000");
        ForwardedIdentity identity =
                ForwardedIdentity.of(head, Redirecting.CLIENT, TrustedProxies.NONE, new RequestId("id-1"));
        return OutboundRequest.of(head, identity, Intent.PLAIN, "upstream:3000");
    }

    /** Takes no more of what is flushed than it has room for. */
    private static final class NarrowChannel extends EmbeddedChannel {
        private long room = Long.MAX_VALUE;

        NarrowChannel(UpstreamConnection connection) {
            super(connection);
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer waiting) {
            while (room > 0 && waiting.current() instanceof ByteBuf next) {
                long taken = Math.min(room, next.readableBytes());
                room -= taken;
                waiting.removeBytes(taken);
            }
        }
    }

    private final class Listener implements UpstreamStream.Listener {
        private final List<UpstreamStream.Leg> legs = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        @Override
        public void onInterim(ReplyHead head) {}

        @Override
        public void onSwitch(ReplyHead head) {}

        @Override
        public void onFinal(ReplyHead head) {}

        @Override
        public void onReply(ByteBuf data) {
            ReferenceCountUtil.release(data);
        }

        @Override
        public void onReplyEnd(FieldBlock trailers, UpstreamStream.Leg leg) {
            legs.add(leg);
            switch (leg) {
                case UpstreamStream.Leg.InSync inSync -> inSync.giveBack();
                case UpstreamStream.Leg.Spoiled() -> connection.discard();
            }
        }

        @Override
        public void onUpstreamClosed(Refusal refusal) {
            failures.add(refusal.cause().code());
        }

        @Override
        public void onReplyFailed(Refusal refusal) {
            failures.add(refusal.cause().code());
        }

        @Override
        public void onUpstreamWritable() {}

        @Override
        public void onFault(Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    private static final class Nowhere implements UpstreamConnection.Home {
        @Override
        public void gaveBack(UpstreamConnection connection) {}

        @Override
        public void left(UpstreamConnection connection) {}
    }
}
