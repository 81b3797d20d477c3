package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.planeproxy.core.h1.ClientConnection;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.core.tunnel.TrafficSum;
import io.planeproxy.core.tunnel.Tunnel;
import io.planeproxy.core.upstream.UpstreamPool;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All that lives on one event loop. Touched on that loop only. */
final class Loop {
    private final Callbacks callbacks;
    private final EventLoop eventLoop;
    private final UpstreamPool upstreams;
    private final Map<ClientConnection, Entrance> clients = new HashMap<>();
    private final Set<Channel> arriving = new HashSet<>();
    private final Set<Tunnel> tunnels = new HashSet<>();
    /** Of tunnels that are over. */
    private final TrafficSum fromClients = new TrafficSum();

    private final TrafficSum fromUpstreams = new TrafficSum();
    private @Nullable CompletableFuture<Void> draining;

    Loop(Callbacks callbacks, UpstreamPool upstreams) {
        this.callbacks = callbacks;
        this.eventLoop = callbacks.loop();
        this.upstreams = upstreams;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** For what concerns nobody in particular on this event loop. */
    Callbacks callbacks() {
        return callbacks;
    }

    UpstreamPool upstreams() {
        return upstreams;
    }

    /** A connection whose client is not known yet: it is waited for as well. */
    void awaits(Channel connection) {
        arriving.add(connection);
        callbacks.when(connection.closeFuture(), () -> arrived(connection));
    }

    void arrived(Channel connection) {
        if (arriving.remove(connection)) {
            look();
        }
    }

    void add(ClientConnection client, Entrance cameThrough) {
        clients.put(client, cameThrough);
        if (draining != null) {
            client.drain();
        }
    }

    void remove(ClientConnection client) {
        clients.remove(client);
        look();
    }

    void add(Tunnel tunnel) {
        tunnels.add(tunnel);
        if (draining != null) {
            tunnel.drain();
        }
    }

    void remove(Tunnel tunnel) {
        tunnels.remove(tunnel);
        tunnel.addTo(fromClients, fromUpstreams);
        look();
    }

    /** What there is on this event loop when it comes to it. */
    CompletableFuture<LoopFigures> figures() {
        return CompletableFuture.supplyAsync(this::lookAround, eventLoop);
    }

    private LoopFigures lookAround() {
        TrafficSum clientsNow = new TrafficSum();
        TrafficSum upstreamsNow = new TrafficSum();
        clientsNow.add(fromClients);
        upstreamsNow.add(fromUpstreams);
        tunnels.forEach(tunnel -> tunnel.addTo(clientsNow, upstreamsNow));
        return new LoopFigures(
                clients.size(), tunnels.size(), clientsNow.traffic(), upstreamsNow.traffic(), upstreams.figures());
    }

    /** Completes when this event loop comes to it. */
    CompletableFuture<Void> pulse() {
        return CompletableFuture.runAsync(() -> {}, eventLoop);
    }

    /** Lets the exchanges of those finish who came through there. Their tunnels go on. */
    void drainClientsOf(Entrance shut) {
        List<ClientConnection> theirs = clients.entrySet().stream()
                .filter(entry -> entry.getValue() == shut)
                .map(Map.Entry::getKey)
                .toList();
        theirs.forEach(ClientConnection::drain);
    }

    /** The tunnels that are open; nothing of them changes while they are looked at. */
    CompletableFuture<List<TunnelSnapshot>> openTunnels() {
        return CompletableFuture.supplyAsync(
                () -> tunnels.stream().map(Tunnel::snapshot).toList(), eventLoop);
    }

    /**
     * Lets exchanges finish and closes tunnels; completes when nothing is left.
     *
     * @param spread over how long the tunnels are closed
     */
    CompletableFuture<Void> drain(Duration spread) {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        callbacks.soon(() -> {
            draining = drained;
            List.copyOf(clients.keySet()).forEach(ClientConnection::drain);
            upstreams.endHolds();
            drainTunnels(spread);
            look();
        });
        return drained;
    }

    /** Ends whatever is left; completes when it is closed. */
    CompletableFuture<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        callbacks.soon(() -> {
            List.copyOf(clients.keySet()).forEach(ClientConnection::stop);
            List.copyOf(tunnels).forEach(tunnel -> tunnel.close("the proxy is shutting down"));
            upstreams.close();
            stopped.complete(null);
        });
        return stopped;
    }

    /** Not all at once: their clients come back at once. */
    private void drainTunnels(Duration spread) {
        int index = 0;
        for (Tunnel tunnel : tunnels) {
            Duration delay = spread.multipliedBy(index++).dividedBy(tunnels.size());
            if (delay.isZero()) {
                callbacks.soon(tunnel::drain);
            } else {
                callbacks.after(delay, tunnel::drain);
            }
        }
    }

    private void look() {
        if (draining != null && arriving.isEmpty() && clients.isEmpty() && tunnels.isEmpty()) {
            upstreams.close();
            draining.complete(null);
        }
    }
}
