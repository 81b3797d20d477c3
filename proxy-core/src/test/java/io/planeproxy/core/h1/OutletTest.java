package io.planeproxy.core.h1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.http.BodyLength;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutletTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final Outlet outlet = new Outlet(channel.pipeline().lastContext());

    @Test
    void aHeadAndALittleBodyAreOneBuffer() {
        outlet.writeHead(head("head ", 10));
        outlet.write(text("body"));
        outlet.write(text(" end"));
        assertEquals(List.of(), sent());
        channel.runPendingTasks();
        assertEquals(List.of("head body end"), sent());
    }

    @Test
    void whatDoesNotFitBehindTheHeadFollowsAsItIs() {
        outlet.writeHead(head("head ", 4));
        outlet.write(text("12345"));
        outlet.write(text("6"));
        channel.runPendingTasks();
        assertEquals(List.of("head ", "12345", "6"), sent());
    }

    @Test
    void muchIsNotCopied() {
        String much = "x".repeat(Outlet.LITTLE + 1);
        outlet.writeHead(head("head ", 2 * Outlet.LITTLE));
        outlet.write(text(much));
        channel.runPendingTasks();
        assertEquals(List.of("head ", much), sent());
    }

    @Test
    void twoHeadsInOneTurnKeepTheirOrder() {
        outlet.writeHead(head("first ", 10));
        outlet.write(text("a"));
        outlet.writeHead(head("second ", 10));
        outlet.write(text("b"));
        channel.runPendingTasks();
        assertEquals(List.of("first a", "second b"), sent());
    }

    @Test
    void itCanGoOutAtOnce() {
        outlet.writeHead(head("head", 10));
        outlet.flush();
        assertEquals(List.of("head"), sent());
    }

    @Test
    void whatIsDroppedIsReleased() {
        ByteBuf head = head("head", 10);
        outlet.writeHead(head);
        outlet.drop();
        assertEquals(0, head.refCnt());
        channel.runPendingTasks();
        assertEquals(List.of(), sent());
    }

    @Test
    void roomIsMadeForALittleBodyOfAKnownLength() {
        assertEquals(200, Outlet.roomFor(new BodyLength.Fixed(200)));
        assertEquals(0, Outlet.roomFor(new BodyLength.Fixed(Outlet.LITTLE + 1)));
        assertEquals(0, Outlet.roomFor(new BodyLength.Fixed(Long.MAX_VALUE)));
        assertEquals(0, Outlet.roomFor(new BodyLength.Chunked()));
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (ByteBuf data = channel.readOutbound(); data != null; data = channel.readOutbound()) {
            sent.add(data.toString(US_ASCII));
            data.release();
        }
        return sent;
    }

    private static ByteBuf head(String text, int room) {
        return Unpooled.buffer(text.length() + room, text.length() + room).writeBytes(text.getBytes(US_ASCII));
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }
}
