package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.planeproxy.core.relay.HalfClose;
import io.planeproxy.core.relay.Pump;
import io.planeproxy.core.relay.Sink;
import io.planeproxy.core.relay.TurnFlush;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of the two connections of a tunnel. */
final class TunnelSide extends ChannelInboundHandlerAdapter implements Pump.Source, Sink {
    private final String name;
    private final Channel channel;
    private final Events events;
    private final @Nullable Passage passage;
    private @Nullable Joined joined;
    private @Nullable TurnFlush flush;
    private boolean paused;
    private boolean finished;
    private boolean sentClose;
    private long count;
    private long heardAt;

    /** @param passage what looks at a WebSocket's frames; none where the bytes are of another protocol */
    TunnelSide(String name, Channel channel, Events events, @Nullable Passage passage) {
        this.name = name;
        this.channel = channel;
        this.events = events;
        this.passage = passage;
        this.heardAt = channel.eventLoop().ticker().nanoTime();
    }

    /** What the tunnel hears of its sides. */
    interface Events {
        void moved(TunnelSide side);

        /** The side will send nothing more. */
        void finished(TunnelSide side);

        void broke(TunnelSide side, String how);

        void fault(Throwable fault);
    }

    private record Joined(TunnelSide other, Pump pump) {}

    void join(TunnelSide other, Pump pump) {
        joined = new Joined(other, pump);
        channel.pipeline().addLast(this);
    }

    /** Both sides must have joined. @param received what had come before; goes first */
    void start(ByteBuf received) {
        if (received.isReadable()) {
            pass(received);
        } else {
            received.release();
        }
        if (!channel.isActive()) {
            events.broke(this, "was gone at the switch");
        } else if (!paused) {
            channel.read();
        }
    }

    String name() {
        return name;
    }

    boolean hasFinished() {
        return finished;
    }

    /** A close frame has come from this side, or it can send none any more. */
    void hasSentClose() {
        sentClose = true;
    }

    /** Whether no close frame is to be waited for from this side. */
    boolean awaitsNoClose() {
        return sentClose || passage == null || passage.isBlind();
    }

    /** How long nothing has come from this side. */
    Duration silence() {
        return Duration.ofNanos(channel.eventLoop().ticker().nanoTime() - heardAt);
    }

    /** Bytes that came from this side. */
    long count() {
        return count;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        flush = new TurnFlush(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        pass((ByteBuf) message);
    }

    private void pass(ByteBuf data) {
        count += data.readableBytes();
        heardAt = channel.eventLoop().ticker().nanoTime();
        events.moved(this);
        if (passage == null) {
            joined().other.send(data);
        } else {
            passage.pass(data, channel.alloc()).ifPresent(joined().other::send);
        }
        joined().pump.moved();
    }

    /** Closes the direction that comes from this side, as soon as it stands between two frames. */
    void closeDirection() {
        if (passage != null) {
            passage.close(channel.alloc()).ifPresent(joined().other::send);
        }
    }

    /** Whether nothing more can go out in the direction that comes from this side. */
    boolean isDirectionClosed() {
        return passage == null || passage.isClosed();
    }

    private void send(ByteBuf data) {
        if (flush == null) {
            data.release();
            throw new IllegalStateException("bytes for the " + name + " before it has joined");
        }
        channel.write(data, channel.voidPromise());
        flush.want();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!paused) {
            context.read();
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        channel.read();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            joined().other.joined().pump.drained();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !finished) {
            finished = true;
            events.finished(this);
        }
    }

    void halfClose() {
        HalfClose.of(channel);
    }

    /** Closes behind what has been written. */
    void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        events.broke(this, finished ? "closed" : "broke the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (fault instanceof IOException || fault instanceof DecoderException) {
            events.broke(this, "broke the connection");
        } else {
            events.fault(fault);
        }
    }

    private Joined joined() {
        if (joined == null) {
            throw new IllegalStateException("one side of a tunnel that has no other");
        }
        return joined;
    }
}
