package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Ticker;
import io.planeproxy.core.relay.HalfClose;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.Pump;
import io.planeproxy.core.relay.Sink;
import io.planeproxy.core.relay.TunnelEnding;
import io.planeproxy.core.relay.TunnelFlow;
import io.planeproxy.core.relay.TurnFlush;
import io.planeproxy.core.relay.Untaken;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the two connections of a tunnel. */
final class TunnelSide extends ChannelInboundHandlerAdapter implements Pump.Source, Sink {
    private final Party party;
    private final Channel channel;
    private final Ticker clock;
    private final Events events;
    private final @Nullable Passage passage;
    private @Nullable Joined joined;
    private @Nullable TurnFlush flush;
    private boolean paused;
    private boolean finished;
    private boolean sentClose;
    private boolean closing;
    private long count;
    private long heardAt;

    /** @param passage what looks at a WebSocket's frames; none where the bytes are of another protocol */
    TunnelSide(Party party, Channel channel, Ticker clock, Events events, @Nullable Passage passage) {
        this.party = party;
        this.channel = channel;
        this.clock = clock;
        this.events = events;
        this.passage = passage;
        this.heardAt = clock.nanoTime();
    }

    /** What the tunnel hears of its sides. */
    interface Events {
        void moved(TunnelSide side);

        /** The side will send nothing more. */
        void finished(TunnelSide side);

        void broke(TunnelSide side, TunnelEnding.Manner manner);

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
            events.broke(this, TunnelEnding.Manner.GONE_AT_THE_SWITCH);
        } else {
            readIfWanted();
        }
    }

    Party party() {
        return party;
    }

    boolean hasFinished() {
        return finished;
    }

    /** A close frame has come from this side. */
    void hasSentClose() {
        sentClose = true;
    }

    /** Whether no close frame is to be waited for from this side. */
    boolean awaitsNoClose() {
        return sentClose || finished || passage == null || passage.isBlind();
    }

    /** When something last came from this side, in nanoseconds of the event loop's clock. */
    long heardAt() {
        return heardAt;
    }

    /** How long nothing has come from this side. */
    Duration silence() {
        return Duration.ofNanos(clock.nanoTime() - heardAt);
    }

    /** What has come from this side. */
    TunnelFlow flow() {
        return passage == null
                ? new TunnelFlow(count, Optional.empty(), TunnelFlow.Standing.NOT_UNDERSTOOD)
                : new TunnelFlow(count, Optional.of(passage.totals()), passage.standing());
    }

    void addTo(TrafficSum sum) {
        sum.addBytes(count);
        if (passage != null) {
            passage.addTo(sum);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        flush = new TurnFlush(context.executor(), context::flush);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        if (closing) {
            data.release();
        } else {
            pass(data);
        }
    }

    private void pass(ByteBuf data) {
        count += data.readableBytes();
        heardAt = clock.nanoTime();
        events.moved(this);
        if (passage == null) {
            joined().other.send(data);
        } else {
            passage.pass(data, channel.alloc()).ifPresent(joined().other::send);
        }
        joined().pump.moved();
    }

    /** Lets a frame of ours into the direction that comes from this side, as soon as it stands between two frames. */
    void insert(Passage.Frames ours) {
        if (passage != null && !finished) {
            passage.insert(ours, channel.alloc()).ifPresent(joined().other::send);
        }
    }

    /** Closes the direction that comes from this side, as soon as it stands between two frames. */
    void closeDirection(Passage.Frames closing) {
        if (passage != null && !finished) {
            passage.close(closing, channel.alloc()).ifPresent(joined().other::send);
        }
    }

    /** Whether nothing more goes out in the direction that comes from this side. */
    boolean isDirectionClosed() {
        return passage == null || passage.isClosed() || finished;
    }

    private void send(ByteBuf data) {
        if (flush == null) {
            data.release();
            throw new IllegalStateException("bytes for the " + party.text() + " before it has joined");
        }
        channel.write(data, channel.voidPromise());
        flush.want();
    }

    private void sendNow() {
        if (flush != null) {
            flush.now();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        joined().other.sendNow();
        readIfWanted();
    }

    /** A side that has ended, or is closed while the other still takes its last bytes, has nothing more to be read. */
    private void readIfWanted() {
        if (!paused && !closing && !finished && channel.isActive()) {
            channel.read();
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        readIfWanted();
    }

    /** Bytes for this side that the system has not taken yet. */
    long untaken() {
        return Untaken.of(channel);
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
            rest().ifPresent(joined().other::send);
            finished = true;
            events.finished(this);
        }
    }

    private Optional<ByteBuf> rest() {
        return passage == null ? Optional.empty() : passage.rest();
    }

    void halfClose() {
        HalfClose.of(channel);
    }

    /** Closes behind what has been written. */
    void close() {
        closing = true;
        rest().ifPresent(ByteBuf::release);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes whatever has been written, without a last word of any handler. */
    void closeNow() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        // A connection that is closed already has lost its handlers.
        if (first != null) {
            first.close();
        }
    }

    /** @param told once, when the connection is closed */
    void whenClosed(Runnable told) {
        channel.closeFuture().addListener(closed -> told.run());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        events.broke(this, finished ? TunnelEnding.Manner.ENDED : TunnelEnding.Manner.BROKE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (fault instanceof IOException || fault instanceof DecoderException) {
            events.broke(this, TunnelEnding.Manner.BROKE);
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
