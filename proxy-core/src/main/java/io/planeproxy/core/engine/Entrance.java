package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;

/** The door of a listener: each connection that comes through gets what is in service at that moment. */
@ChannelHandler.Sharable
final class Entrance extends ChannelInitializer<Channel> {
    private volatile Acceptance current;
    private volatile boolean shut;

    Entrance(Acceptance first) {
        this.current = first;
    }

    @Override
    protected void initChannel(Channel channel) {
        current.accept(channel, this);
    }

    /** Netty would say so only in its log. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        current.failed(context.channel(), fault);
    }

    Acceptance current() {
        return current;
    }

    /** For everything that comes from now on. */
    void replace(Acceptance next) {
        current = next;
    }

    /** Nobody comes in any more, also none of those who have not yet said on whose behalf they come. */
    void shut() {
        shut = true;
    }

    boolean isShut() {
        return shut;
    }
}
