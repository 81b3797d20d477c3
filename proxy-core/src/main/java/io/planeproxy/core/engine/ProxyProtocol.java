package io.planeproxy.core.engine;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.IpLiterals;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.Journal;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the PROXY protocol header, version 1 or 2, with which a trusted load balancer says whose connection this is,
 * and then lets the connection be served as that client's. Anything else in its place ends the connection.
 */
final class ProxyProtocol extends ChannelInboundHandlerAdapter {
    private final ClientFacts sender;
    private final Duration limit;
    private final Journal journal;
    private final Consumer<InetAddress> serveAs;
    private @Nullable Deadline deadline;
    private boolean refused;

    /** @param serveAs installs what serves the connection, behind this handler */
    ProxyProtocol(ClientFacts sender, Duration limit, Journal journal, Consumer<InetAddress> serveAs) {
        this.sender = sender;
        this.limit = limit;
        this.journal = journal;
        this.serveAs = serveAs;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addBefore(context.name(), null, new HAProxyMessageDecoder(true));
        Callbacks callbacks = new Callbacks(context.channel().eventLoop(), fault -> fault(context, fault));
        deadline = new Deadline(callbacks, () -> refuse(context, "none within " + limit));
        deadline.set(limit);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HAProxyMessage header)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            if (refused) {
                // The decoder goes on behind what it could not read; a header there comes too late.
                return;
            }
            // A header for a local connection, such as a health check, names nobody: then it is the sender itself.
            Optional<InetAddress> client =
                    Optional.ofNullable(header.sourceAddress()).flatMap(IpLiterals::parse);
            serveAs.accept(client.orElse(sender.peer()));
        } finally {
            header.release();
        }
        context.pipeline().remove(this);
    }

    /** A sender that ends before its header is whole, as a health check does, is not worth a line. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            refused = true;
            context.close();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (fault instanceof DecoderException || fault instanceof IOException) {
            refuse(context, "something else");
        } else {
            fault(context, fault);
        }
    }

    private void fault(ChannelHandlerContext context, Throwable fault) {
        journal.bug("PROXY header from " + sender.peerText(), fault);
        refused = true;
        context.close();
    }

    private void refuse(ChannelHandlerContext context, String seen) {
        // What is left of the bytes is decoded once more when the connection is closed, and fails again.
        if (!refused) {
            refused = true;
            journal.requestRefused(sender, RequestId.drawn(), new Refusal(Cause.PROXY_HEADER_INVALID, seen));
            context.close();
        }
    }
}
