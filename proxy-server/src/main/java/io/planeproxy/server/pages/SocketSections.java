package io.planeproxy.server.pages;

import io.planeproxy.core.relay.TunnelFlow;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.server.recent.ClosedSocket;
import io.planeproxy.server.recent.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is open, what was closed, what failed. */
final class SocketSections {
    /** More are of no use to somebody who reads; /sockets has all. */
    private static final int SHOWN = 100;

    private static final int SHOWN_OF_THE_PAST = 10;

    private SocketSections() {}

    static void open(Html html, Status status) {
        List<TunnelSnapshot> open = status.sockets().orElse(List.of());
        html.text("h2", "Open sockets: " + open.size());
        if (status.held() > 0) {
            html.text("p", Words.count(status.held(), "request") + " kept waiting for an upstream that is away.");
        }
        if (open.isEmpty()) {
            html.text("p", "Nobody has a page open that is edited together.", "class", "none");
            return;
        }
        html.in(
                "ul",
                list -> open.stream()
                        .sorted(Comparator.comparing(TunnelSnapshot::age).reversed())
                        .limit(SHOWN)
                        .forEach(socket -> open(list, socket, status.now())));
        more(html, open.size() - SHOWN);
    }

    private static void open(Html html, TunnelSnapshot socket, Instant now) {
        html.in("li", item -> {
            item.in("p", head -> head.text("b", socket.clientAddress()).text(" " + ClosedSocket.place(socket)));
            item.in(
                    "p",
                    facts -> {
                        fact(facts, "open for " + Words.duration(socket.age()), Words.time(now.minus(socket.age())));
                        fact(facts, "from client " + flow(socket.fromClient()));
                        fact(facts, "to client " + flow(socket.fromUpstream()));
                        fact(facts, roundTrip("client", socket.roundTrips().client()));
                        fact(facts, roundTrip("Plane", socket.roundTrips().upstream()));
                    },
                    "class",
                    "facts");
        });
    }

    private static String flow(TunnelFlow flow) {
        return flow.frames()
                .map(frames -> Words.count(frames.frames(), "frame") + ", " + Words.bytes(flow.bytes()))
                .orElseGet(() -> Words.bytes(flow.bytes()));
    }

    private static String roundTrip(String side, Optional<Duration> time) {
        return time.map(known -> "ping to " + side + " " + Words.millis(known)).orElse("");
    }

    static void closes(Html html, Status status) {
        html.text("h2", "Closed last");
        if (status.closes().isEmpty()) {
            html.text("p", "None since the start.", "class", "none");
            return;
        }
        html.in(
                "ul",
                list -> status.closes().stream()
                        .limit(SHOWN_OF_THE_PAST)
                        .forEach(socket -> closed(list, socket, status.now())));
        more(html, status.closes().size() - SHOWN_OF_THE_PAST);
    }

    private static void more(Html html, int number) {
        if (number > 0) {
            html.in("p", rest -> rest.text("… and " + number + " more in ").text("a", "/sockets", "href", "/sockets"));
        }
    }

    private static void closed(Html html, ClosedSocket socket, Instant now) {
        html.in(
                "li",
                item -> {
                    item.in("p", head -> head.text("b", socket.words()));
                    if (!socket.meaning().isEmpty()) {
                        item.text("p", socket.meaning());
                    }
                    item.in(
                            "p",
                            facts -> {
                                fact(facts, Words.ago(socket.at(), now) + " ago", Words.time(socket.at()));
                                fact(facts, socket.client() + " " + socket.place());
                                fact(facts, "was open for " + Words.duration(socket.age()));
                                fact(facts, "from client " + Words.bytes(socket.received()));
                                fact(facts, "to client " + Words.bytes(socket.sent()));
                            },
                            "class",
                            "facts");
                },
                "class",
                socket.cause().isPresent() ? "bad" : "good");
    }

    static void failures(Html html, Status status) {
        html.text("h2", "Failed last");
        if (status.failures().isEmpty()) {
            html.text("p", "None since the start.", "class", "none");
            return;
        }
        html.in(
                "ul",
                list -> status.failures().stream()
                        .limit(SHOWN_OF_THE_PAST)
                        .forEach(failure -> failed(list, failure, status.now())));
        more(html, status.failures().size() - SHOWN_OF_THE_PAST);
    }

    private static void failed(Html html, Failure failure, Instant now) {
        html.in(
                "li",
                item -> {
                    item.in(
                            "p",
                            head -> head.text("b", failure.cause().code())
                                    .text(" " + failure.cause().sentence()));
                    item.text("p", failure.cause().advice());
                    item.in(
                            "p",
                            facts -> {
                                fact(facts, Words.ago(failure.at(), now) + " ago", Words.time(failure.at()));
                                fact(facts, failure.client());
                                fact(facts, failure.request());
                                failure.status().ifPresent(status -> fact(facts, "answered " + status));
                                fact(facts, failure.detail());
                            },
                            "class",
                            "facts");
                },
                "class",
                "bad");
    }

    private static void fact(Html html, String text, String title) {
        html.text("span", text, "title", title);
    }

    private static void fact(Html html, String text) {
        if (!text.isEmpty()) {
            html.text("span", text);
        }
    }
}
