package io.planeproxy.core.oracle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientConnection;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.h1.UpstreamConnection;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Reception;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.RouteTable;
import io.planeproxy.core.route.Upgrades;
import io.planeproxy.core.route.Upstream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One client's connection through the engine, without a socket: the upstream answers each whole request with a 200. */
final class InProcessProxy implements Journal, UpstreamSource, UpstreamConnection.Home {
    private static final Upstream UPSTREAM = new Upstream(Scheme.HTTP, "upstream.example", 3000);
    private static final Route ROUTE = new Route(
            PathPrefix.ROOT, UPSTREAM, new BodyLimit.Bytes(10 * 1024 * 1024), Upgrades.WEBSOCKET, Duration.ofHours(1));
    private static final ClientFacts CLIENT =
            ClientFacts.of(InetAddress.ofLiteral("192.0.2.7"), Scheme.HTTP, 80, TrustedProxies.NONE);
    private static final byte[] FIRST = Wire.bytes("GET /first HTTP/1.1\r\nHost: plane.example\r\n\r\n");
    private static final byte[] AFTER = Wire.bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nafter");
    private static final byte[] REPLY = Wire.bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] ORDINARY = Wire.bytes("GET /after HTTP/1.1\r\nHost: plane.example\r\n\r\n");

    private final List<Step> steps = new ArrayList<>();
    private final List<WatchedUpstream> upstreams = new ArrayList<>();
    private final List<WatchedUpstream> idle = new ArrayList<>();
    private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    private final List<AssertionError> bugs = new ArrayList<>();
    private final EmbeddedChannel client;
    private final Deque<List<byte[]>> replies = new ArrayDeque<>();
    private boolean servedAgain;

    private InProcessProxy() {
        Dispatcher dispatcher = new Dispatcher(
                new RouteTable(List.of(), ROUTE),
                TrustedProxies.NONE,
                this,
                switched -> {
                    throw new AssertionError("a tunnel, though the upstream switches to nothing");
                },
                this);
        client = new EmbeddedChannel(
                new ClientConnection(Reception.of(CLIENT, dispatcher), ClientOptions.DEFAULT, this));
    }

    /** @param pieces what the client sends before it closes, read by read */
    static Run pass(List<byte[]> pieces) {
        return new InProcessProxy().run(pieces);
    }

    /**
     * What a client gets that asks twice.
     *
     * @param servedAgain whether the connection with that reply served the second request as well
     */
    record Replied(String toClient, boolean servedAgain) {}

    /** @param pieces what the upstream writes to the first of two requests, read by read, before it closes */
    static Replied passReply(List<byte[]> pieces) {
        return new InProcessProxy().runReply(pieces);
    }

    private Replied runReply(List<byte[]> pieces) {
        replies.add(pieces);
        replies.add(List.of(AFTER));
        deliver(FIRST);
        deliver(ORDINARY);
        List.copyOf(upstreams).forEach(WatchedUpstream::close);
        settle();
        client.close();
        client.finishAndReleaseAll();
        upstreams.forEach(WatchedUpstream::close);
        if (!bugs.isEmpty()) {
            throw bugs.getFirst();
        }
        return new Replied(toClient.toString(StandardCharsets.ISO_8859_1), servedAgain);
    }

    private void answer(WatchedUpstream upstream) {
        List<byte[]> pieces = replies.isEmpty() ? List.of(REPLY) : replies.removeFirst();
        for (byte[] piece : pieces) {
            if (upstream.isOpen()) {
                upstream.reply(Unpooled.copiedBuffer(piece));
            }
        }
    }

    private Run run(List<byte[]> pieces) {
        for (byte[] piece : pieces) {
            deliver(piece);
        }
        List<Step> before = List.copyOf(steps);
        if (before.stream().anyMatch(Step::isRefusal)) {
            deliver(ORDINARY);
        }
        List<Step> after = List.copyOf(steps.subList(before.size(), steps.size()));
        steps.subList(before.size(), steps.size()).clear();
        client.close();
        settle();
        client.finishAndReleaseAll();
        upstreams.forEach(WatchedUpstream::close);
        if (!bugs.isEmpty()) {
            throw bugs.getFirst();
        }
        return new Run(
                List.copyOf(steps),
                after,
                upstreams.stream().map(WatchedUpstream::arrived).toList(),
                toClient.toString(StandardCharsets.ISO_8859_1));
    }

    private void deliver(byte[] piece) {
        if (client.isOpen()) {
            client.writeInbound(Unpooled.copiedBuffer(piece));
            settle();
        }
    }

    /** Until nobody waits for anything any more. */
    private void settle() {
        Optional<WatchedUpstream> owing;
        do {
            client.runPendingTasks();
            client.checkException();
            for (ByteBuf data = client.readOutbound(); data != null; data = client.readOutbound()) {
                toClient.writeBytes(ByteBufUtil.getBytes(data));
                data.release();
            }
            upstreams.forEach(WatchedUpstream::settle);
            owing = upstreams.stream().filter(WatchedUpstream::replyIsDue).findFirst();
            owing.ifPresent(this::answer);
        } while (owing.isPresent());
    }

    @Override
    public Claim hold(Upstream upstream, Stay stay, Taker taker) {
        throw new AssertionError("nobody waits here, since the upstream is never away");
    }

    @Override
    public Claim lease(Upstream upstream, Freshness freshness, Taker taker) {
        if (idle.isEmpty()) {
            WatchedUpstream fresh = new WatchedUpstream(
                    new UpstreamConnection(UPSTREAM, this, this), request -> steps.add(new Step.Forwarded(request)));
            upstreams.add(fresh);
            taker.leased(fresh, Event.Leased.Origin.FRESH);
        } else {
            servedAgain = true;
            taker.leased(idle.removeLast(), Event.Leased.Origin.REUSED);
        }
        return () -> {};
    }

    @Override
    public void gaveBack(UpstreamConnection connection) {
        upstreams.stream().filter(upstream -> upstream.uses(connection)).forEach(idle::add);
    }

    @Override
    public void left(UpstreamConnection connection) {
        idle.removeIf(upstream -> upstream.uses(connection));
    }

    @Override
    public void exchangeEnded(ExchangeRecord exchange) {
        steps.add(new Step.Logged(exchange));
    }

    @Override
    public void requestRefused(ClientFacts who, RequestId id, Refusal refusal) {
        steps.add(new Step.Refused(refusal));
    }

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {
        throw new AssertionError("no tunnel was opened: " + tunnel);
    }

    @Override
    public void handshakeFailed(ClientFacts who, Throwable cause) {
        throw new AssertionError("nobody speaks TLS here", cause);
    }

    @Override
    public void tunnelMalformed(ClientFacts client, String seen) {}

    @Override
    public void bug(String during, Throwable fault) {
        bugs.add(new AssertionError("a fault of our own: " + during, fault));
    }
}
