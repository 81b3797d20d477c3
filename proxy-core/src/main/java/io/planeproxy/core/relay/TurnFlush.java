package io.planeproxy.core.relay;

import io.netty.channel.ChannelHandlerContext;

/** Flushes a connection once at the end of the event loop's turn, however much was written in it. */
public final class TurnFlush implements Runnable {
    private final ChannelHandlerContext context;
    private boolean wanted;

    public TurnFlush(ChannelHandlerContext context) {
        this.context = context;
    }

    /** Something has been written. */
    public void want() {
        if (!wanted) {
            wanted = true;
            context.executor().execute(this);
        }
    }

    @Override
    public void run() {
        wanted = false;
        context.flush();
    }
}
