package io.planeproxy.core.oracle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.h1.UpstreamConnection;
import io.planeproxy.core.relay.TunnelEnd;
import io.planeproxy.core.relay.UpstreamStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** The proxy's own upstream connection over a channel in memory; notes when a request is whole, and so is owed a reply. */
final class WatchedUpstream implements UpstreamStream {
    private final UpstreamConnection connection;
    private final EmbeddedChannel channel;
    private final Consumer<OutboundRequest> sends;
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private boolean replyIsDue;

    /** @param sends told of each request before it is written */
    WatchedUpstream(UpstreamConnection connection, Consumer<OutboundRequest> sends) {
        this.connection = connection;
        this.channel = new EmbeddedChannel(connection);
        this.sends = sends;
    }

    /** Lets what was written arrive. */
    void settle() {
        channel.runPendingTasks();
        for (ByteBuf data = channel.readOutbound(); data != null; data = channel.readOutbound()) {
            arrived.writeBytes(ByteBufUtil.getBytes(data));
            data.release();
        }
    }

    boolean replyIsDue() {
        return replyIsDue && channel.isOpen();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void reply(ByteBuf reply) {
        replyIsDue = false;
        channel.writeInbound(reply);
        channel.checkException();
    }

    void close() {
        settle();
        channel.finishAndReleaseAll();
    }

    /** Every byte the upstream got, one a character. */
    String arrived() {
        return arrived.toString(StandardCharsets.ISO_8859_1);
    }

    boolean uses(UpstreamConnection other) {
        return connection == other;
    }

    @Override
    public void send(OutboundRequest request, Duration replyTimeout, Listener listener) {
        sends.accept(request);
        replyIsDue = request.body().isEmpty();
        connection.send(request, replyTimeout, listener);
    }

    @Override
    public void endBody() {
        connection.endBody();
        replyIsDue = true;
    }

    @Override
    public void sendBody(ByteBuf data) {
        connection.sendBody(data);
    }

    @Override
    public void resumeReply() {
        connection.resumeReply();
    }

    @Override
    public void pauseReply() {
        connection.pauseReply();
    }

    @Override
    public void discard() {
        connection.discard();
    }

    @Override
    public TunnelEnd detach() {
        return connection.detach();
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }
}
