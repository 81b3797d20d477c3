package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;

final class ResetTest {
    /** As after a write that has found it broken. */
    @Test
    void aConnectionThatIsClosedAlreadyIsNoFault() {
        NioSocketChannel channel = new NioSocketChannel();
        ChannelHandlerContext context =
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter()).lastContext();
        channel.unsafe().closeForcibly();
        assertDoesNotThrow(() -> Reset.of(context));
    }
}
