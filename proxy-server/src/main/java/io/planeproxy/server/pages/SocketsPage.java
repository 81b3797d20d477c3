package io.planeproxy.server.pages;

import io.planeproxy.core.relay.FrameTotals;
import io.planeproxy.core.relay.TunnelFlow;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import io.planeproxy.server.recent.ClosedSocket;
import io.planeproxy.server.recent.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The open WebSockets and other tunnels, how the last ones ended, and what failed, for programs. */
public final class SocketsPage implements AdminPage {
    private final Supplier<Status> status;

    public SocketsPage(Supplier<Status> status) {
        this.status = status;
    }

    @Override
    public String path() {
        return "/sockets";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        Status seen = status.get();
        return seen.sockets()
                .<AdminReply>map(open -> AdminReply.json(
                        200,
                        Map.of(
                                "open",
                                open.stream()
                                        .map(socket -> open(socket, seen.now()))
                                        .toList(),
                                "closed",
                                seen.closes().stream().map(SocketsPage::closed).toList(),
                                "failures",
                                seen.failures().stream()
                                        .map(SocketsPage::failure)
                                        .toList())))
                .orElseGet(() -> AdminReply.text(503, "an event loop does not answer; expected it to do so at once"));
    }

    private static Map<String, Object> open(TunnelSnapshot socket, Instant now) {
        return Map.of(
                "client", socket.clientAddress(),
                "requestId", socket.id().text(),
                "place", ClosedSocket.place(socket),
                "upstream", socket.upstream().toString(),
                "since", now.minus(socket.age()).toString(),
                "fromClient", flow(socket.fromClient(), socket.roundTrips().client()),
                "fromUpstream", flow(socket.fromUpstream(), socket.roundTrips().upstream()));
    }

    private static Map<String, Object> flow(TunnelFlow flow, Optional<Duration> roundTrip) {
        Map<String, Object> members = new HashMap<>();
        members.put("bytes", flow.bytes());
        flow.frames().ifPresent(frames -> put(members, frames));
        roundTrip.ifPresent(time -> members.put("roundTripMillis", time.toNanos() / 1e6));
        return members;
    }

    private static void put(Map<String, Object> members, FrameTotals frames) {
        members.put("frames", frames.frames());
        members.put("messages", frames.messages());
    }

    private static Map<String, Object> closed(ClosedSocket socket) {
        Map<String, Object> members = new HashMap<>(Map.of(
                "at", socket.at().toString(),
                "client", socket.client(),
                "place", socket.place(),
                "seconds", socket.age().toMillis() / 1e3,
                "ending", socket.words(),
                "fromClient", Map.of("bytes", socket.received()),
                "fromUpstream", Map.of("bytes", socket.sent())));
        socket.code().ifPresent(code -> members.put("code", code));
        socket.cause().ifPresent(cause -> members.put("cause", cause.code()));
        return members;
    }

    private static Map<String, Object> failure(Failure failure) {
        Map<String, Object> members = new HashMap<>(Map.of(
                "at", failure.at().toString(),
                "client", failure.client(),
                "request", failure.request(),
                "cause", failure.cause().code(),
                "sentence", failure.cause().sentence(),
                "detail", failure.detail()));
        failure.status().ifPresent(code -> members.put("status", code));
        return members;
    }
}
