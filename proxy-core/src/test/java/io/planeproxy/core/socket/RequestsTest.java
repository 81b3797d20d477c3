package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Request;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each corner of HTTP/1.1 requests: what the client gets, whether its connection lives on, and what the upstream sees. */
@Execution(ExecutionMode.CONCURRENT)
class RequestsTest {
    private static final String AFTER = "GET /after HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesInEveryDelivery")
    void comesOutAsItMust(RequestCase given, Delivery delivery) {
        try {
            checkOutcome(given, delivery);
        } catch (AssertionError e) {
            throw new AssertionError(given + ", " + delivery + ": " + e.getMessage(), e);
        }
    }

    private static void checkOutcome(RequestCase given, Delivery delivery) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget())) {
            List<Reply> replies;
            try (ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                    RawClient client = RawClient.to(proxy.plain())) {
                delivery.send(given.raw(), client);
                replies = replies(given.expected(), client);
            }
            List<Request> forwarded = forwarded(upstream, delivery);
            checkUpstream(given, forwarded);
            checkReplies(given.expected(), replies, forwarded);
        }
    }

    private static Stream<Arguments> casesInEveryDelivery() {
        return RequestCase.all()
                .flatMap(given -> Arrays.stream(Delivery.values()).map(delivery -> Arguments.of(given, delivery)));
    }

    private static List<Reply> replies(ExpectedOutcome expected, RawClient client) {
        if (expected.send() == ExpectedOutcome.Send.HALF_CLOSES) {
            client.halfClose();
        }
        return switch (expected.after()) {
            case CLOSED -> client.repliesUntilEnd("GET");
            case SERVES_ANOTHER ->
                repliesBeforeAnother(expected.statuses().getFirst().size(), client);
        };
    }

    private static List<Reply> repliesBeforeAnother(int count, RawClient client) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(client.reply("GET"));
        }
        Reply another = client.send(AFTER).reply("GET");
        assertEquals(
                "200 /after", another.status() + " " + another.bodyText(), "the connection serves another request");
        return replies;
    }

    /** What the upstream got is final when the proxy is gone and each of its connections has ended. */
    private static List<Request> forwarded(ScriptedUpstream upstream, Delivery delivery) {
        upstream.awaitConnections(0).forEach(UpstreamConnection::awaitEnd);
        List<Request> got = upstream.requests().stream()
                .filter(request -> !request.target().equals("/after"))
                .toList();
        assertTrue(got.size() >= delivery.requestsBefore(), "the good request before it reached the upstream");
        return got.stream()
                .filter(request -> !request.target().equals("/before"))
                .toList();
    }

    private static void checkUpstream(RequestCase given, List<Request> forwarded) {
        List<ExpectedRequest> expected = given.expected().upstream();
        assertEquals(expected.size(), forwarded.size(), () -> "requests at the upstream: " + forwarded);
        for (int i = 0; i < expected.size(); i++) {
            expected.get(i).check(forwarded.get(i), given.raw());
        }
    }

    private static void checkReplies(ExpectedOutcome expected, List<Reply> replies, List<Request> forwarded) {
        List<Integer> statuses = replies.stream().map(Reply::status).toList();
        assertTrue(
                expected.statuses().contains(statuses),
                () -> "got " + statuses + ", expected one of " + expected.statuses());
        expected.interim()
                .ifPresent(interim -> assertEquals(
                        interim,
                        replies.getFirst().interim().stream().map(Reply::status).toList(),
                        "interim replies"));
        for (int i = 0; i < forwarded.size(); i++) {
            assertEquals(forwarded.get(i).target(), replies.get(i).bodyText(), "replies in the order of the requests");
        }
    }
}
