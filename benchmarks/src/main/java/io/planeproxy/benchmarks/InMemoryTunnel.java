package io.planeproxy.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.ClientStream;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.TunnelEnd;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.relay.UpstreamStream;
import io.planeproxy.core.route.RouteTable;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.core.tunnel.Tunnel;
import io.planeproxy.core.tunnel.TunnelOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Two channels joined as a WebSocket. The proof of a switch can be had from the engine alone, so an upgrade goes through it: from
 * a client that asks for nothing else, to an upstream that agrees at once.
 */
final class InMemoryTunnel {
    private static final TunnelOptions OPTIONS = new TunnelOptions(Duration.ofHours(1), Optional.empty());

    private InMemoryTunnel() {}

    static void open(Channel client, Channel upstream) {
        QuietJournal journal = new QuietJournal();
        Dispatcher dispatcher = new Dispatcher(
                new RouteTable(List.of(), Samples.route("/", "live", 3000)),
                TrustedProxies.NONE,
                new AgreeingSource(upstream),
                switched -> Tunnel.open(switched, OPTIONS, journal, over -> {}),
                journal);
        dispatcher
                .open(Samples.request(Samples.upgradeRequest()), new AskingClient(client))
                .start();
    }

    private record AgreeingSource(Channel channel) implements UpstreamSource {
        @Override
        public Claim lease(Upstream upstream, Freshness freshness, Taker taker) {
            taker.leased(new AgreeingUpstream(channel), Event.Leased.Origin.FRESH);
            return () -> {};
        }

        @Override
        public Claim hold(Upstream upstream, Stay stay, Taker taker) {
            throw unexpected();
        }
    }

    private record AskingClient(Channel channel) implements ClientStream {
        @Override
        public ClientFacts facts() {
            return ClientFacts.of(InetAddress.ofLiteral("192.0.2.7"), Scheme.HTTPS, 443, TrustedProxies.NONE);
        }

        @Override
        public TunnelEnd detach(OutboundReply reply) {
            return new TunnelEnd(channel, Unpooled.EMPTY_BUFFER);
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void resumeUpload() {}

        @Override
        public void pauseUpload() {}

        @Override
        public void sendContinue() {
            throw unexpected();
        }

        @Override
        public void sendInterim(OutboundReply reply) {
            throw unexpected();
        }

        @Override
        public void sendHead(OutboundReply reply) {
            throw unexpected();
        }

        @Override
        public void sendBody(ByteBuf data) {
            throw unexpected();
        }

        @Override
        public void endReply(FieldBlock trailers) {
            throw unexpected();
        }

        @Override
        public void endReplyAndClose(FieldBlock trailers) {
            throw unexpected();
        }

        @Override
        public void answer(Answer answer) {
            throw unexpected();
        }

        @Override
        public void cut() {
            throw unexpected();
        }

        @Override
        public void abandon() {
            throw unexpected();
        }

        @Override
        public void fault(Throwable fault) {
            throw new IllegalStateException("a fault on the way to a tunnel", fault);
        }
    }

    private record AgreeingUpstream(Channel channel) implements UpstreamStream {
        @Override
        public void send(OutboundRequest request, Duration replyTimeout, Listener listener) {
            listener.onSwitch(Samples.reply(Samples.switchReply(), request.intent()));
        }

        @Override
        public TunnelEnd detach() {
            return new TunnelEnd(channel, Unpooled.EMPTY_BUFFER);
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void sendBody(ByteBuf data) {
            throw unexpected();
        }

        @Override
        public void endBody() {
            throw unexpected();
        }

        @Override
        public void resumeReply() {}

        @Override
        public void pauseReply() {}

        @Override
        public void discard() {}
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("the upgrade did not go its usual way");
    }
}
