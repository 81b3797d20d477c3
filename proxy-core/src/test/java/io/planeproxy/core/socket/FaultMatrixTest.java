package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Ending;
import io.planeproxy.core.kit.FaultyLink;
import io.planeproxy.core.kit.ImpatientEngine;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Rest;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamConnection;
import io.planeproxy.core.kit.Way;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.core.kit.WireFault;
import io.planeproxy.core.relay.ExchangeRecord;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault of the network at every moment of an exchange, on either side of the proxy. */
@Execution(ExecutionMode.CONCURRENT)
final class FaultMatrixTest {
    private static final String UPLOAD = "u".repeat(1000);
    private static final String REQUEST =
            "POST /cell HTTP/1.1\r\nHost: plane.example\r\nContent-Length: " + UPLOAD.length() + "\r\n\r\n" + UPLOAD;
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final int SMALL = 10_000;
    /** More than all buffers on the way can take. */
    private static final int LARGE = 16 * 1024 * 1024;

    /** Which stretch of the network is at fault. */
    enum Side {
        CLIENT,
        UPSTREAM
    }

    enum Moment {
        BEFORE_ACCEPT,
        MID_REQUEST_LINE,
        MID_HEAD,
        BETWEEN_HEAD_AND_BODY,
        MID_BODY,
        AFTER_BODY,
        MID_REPLY_HEAD,
        MID_REPLY_BODY,
        AFTER_LAST_BYTE,
        KEEP_ALIVE_IDLE;

        boolean isOfTheReply() {
            return compareTo(MID_REPLY_HEAD) >= 0;
        }
    }

    /** What is expected of a cell: the client's view, the journal's, and the connection that serves the next request. */
    private record Seen(String client, String journal, String next) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                CLIENT   | BEFORE_ACCEPT         | CLOSE      | nothing | nothing                      | fresh 200
                CLIENT   | BEFORE_ACCEPT         | HALF_CLOSE | nothing | nothing                      | fresh 200
                CLIENT   | BEFORE_ACCEPT         | RESET      | nothing | nothing                      | fresh 200
                CLIENT   | BEFORE_ACCEPT         | BLACK_HOLE | nothing | nothing                      | fresh 200
                CLIENT   | MID_REQUEST_LINE      | CLOSE      | nothing | no request client-left       | fresh 200
                CLIENT   | MID_REQUEST_LINE      | HALF_CLOSE | nothing | no request client-left       | fresh 200
                CLIENT   | MID_REQUEST_LINE      | RESET      | nothing | no request client-left       | fresh 200
                CLIENT   | MID_REQUEST_LINE      | BLACK_HOLE | 408     | no request head-timeout      | fresh 200
                CLIENT   | MID_HEAD              | CLOSE      | nothing | no request client-left       | fresh 200
                CLIENT   | MID_HEAD              | HALF_CLOSE | nothing | no request client-left       | fresh 200
                CLIENT   | MID_HEAD              | RESET      | nothing | no request client-left       | fresh 200
                CLIENT   | MID_HEAD              | BLACK_HOLE | 408     | no request head-timeout      | fresh 200
                CLIENT   | BETWEEN_HEAD_AND_BODY | CLOSE      | nothing | abandoned client-left        | fresh 200
                CLIENT   | BETWEEN_HEAD_AND_BODY | HALF_CLOSE | nothing | abandoned client-left        | fresh 200
                CLIENT   | BETWEEN_HEAD_AND_BODY | RESET      | nothing | abandoned client-left        | fresh 200
                CLIENT   | BETWEEN_HEAD_AND_BODY | BLACK_HOLE | 408     | refused body-timeout         | fresh 200
                CLIENT   | MID_BODY              | CLOSE      | nothing | abandoned client-left        | fresh 200
                CLIENT   | MID_BODY              | HALF_CLOSE | nothing | abandoned client-left        | fresh 200
                CLIENT   | MID_BODY              | RESET      | nothing | abandoned client-left        | fresh 200
                CLIENT   | MID_BODY              | BLACK_HOLE | 408     | refused body-timeout         | fresh 200
                CLIENT   | AFTER_BODY            | CLOSE      | nothing | abandoned client-left        | fresh 200
                CLIENT   | AFTER_BODY            | HALF_CLOSE | nothing | abandoned client-left        | fresh 200
                CLIENT   | AFTER_BODY            | RESET      | nothing | abandoned client-left        | fresh 200
                CLIENT   | AFTER_BODY            | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                CLIENT   | MID_REPLY_HEAD        | CLOSE      | cut     | abandoned client-left        | fresh 200
                CLIENT   | MID_REPLY_HEAD        | HALF_CLOSE | cut     | complete                     | same 200
                CLIENT   | MID_REPLY_HEAD        | RESET      | cut     | abandoned client-left        | fresh 200
                CLIENT   | MID_REPLY_HEAD        | BLACK_HOLE | hidden  | abandoned client-stalled     | fresh 200
                CLIENT   | MID_REPLY_BODY        | CLOSE      | cut     | abandoned client-left        | fresh 200
                CLIENT   | MID_REPLY_BODY        | HALF_CLOSE | cut     | complete                     | same 200
                CLIENT   | MID_REPLY_BODY        | RESET      | cut     | abandoned client-left        | fresh 200
                CLIENT   | MID_REPLY_BODY        | BLACK_HOLE | hidden  | abandoned client-stalled     | fresh 200
                CLIENT   | AFTER_LAST_BYTE       | CLOSE      | 200     | complete                     | same 200
                CLIENT   | AFTER_LAST_BYTE       | HALF_CLOSE | 200     | complete                     | same 200
                CLIENT   | AFTER_LAST_BYTE       | RESET      | 200     | complete                     | same 200
                CLIENT   | AFTER_LAST_BYTE       | BLACK_HOLE | 200     | complete                     | same 200
                CLIENT   | KEEP_ALIVE_IDLE       | CLOSE      | 200     | complete                     | same 200
                CLIENT   | KEEP_ALIVE_IDLE       | HALF_CLOSE | 200     | complete                     | same 200
                CLIENT   | KEEP_ALIVE_IDLE       | RESET      | 200     | complete                     | same 200
                CLIENT   | KEEP_ALIVE_IDLE       | BLACK_HOLE | 200     | complete                     | same 200
                UPSTREAM | BEFORE_ACCEPT         | CLOSE      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | BEFORE_ACCEPT         | HALF_CLOSE | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | BEFORE_ACCEPT         | RESET      | 502     | refused upstream-gone        | fresh 200
                UPSTREAM | BEFORE_ACCEPT         | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | MID_REQUEST_LINE      | CLOSE      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_REQUEST_LINE      | HALF_CLOSE | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_REQUEST_LINE      | RESET      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_REQUEST_LINE      | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | MID_HEAD              | CLOSE      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_HEAD              | HALF_CLOSE | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_HEAD              | RESET      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_HEAD              | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | BETWEEN_HEAD_AND_BODY | CLOSE      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | BETWEEN_HEAD_AND_BODY | HALF_CLOSE | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | BETWEEN_HEAD_AND_BODY | RESET      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | BETWEEN_HEAD_AND_BODY | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | MID_BODY              | CLOSE      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_BODY              | HALF_CLOSE | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_BODY              | RESET      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_BODY              | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | AFTER_BODY            | CLOSE      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | AFTER_BODY            | HALF_CLOSE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | AFTER_BODY            | RESET      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | AFTER_BODY            | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | MID_REPLY_HEAD        | CLOSE      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_REPLY_HEAD        | HALF_CLOSE | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_REPLY_HEAD        | RESET      | 502     | refused upstream-closed      | fresh 200
                UPSTREAM | MID_REPLY_HEAD        | BLACK_HOLE | 504     | refused reply-timeout        | fresh 200
                UPSTREAM | MID_REPLY_BODY        | CLOSE      | cut     | cut upstream-truncated       | fresh 200
                UPSTREAM | MID_REPLY_BODY        | HALF_CLOSE | cut     | cut upstream-truncated       | fresh 200
                UPSTREAM | MID_REPLY_BODY        | RESET      | cut     | cut upstream-truncated       | fresh 200
                UPSTREAM | MID_REPLY_BODY        | BLACK_HOLE | cut     | cut upstream-stalled         | fresh 200
                UPSTREAM | AFTER_LAST_BYTE       | CLOSE      | 200     | complete                     | fresh 200
                UPSTREAM | AFTER_LAST_BYTE       | HALF_CLOSE | 200     | complete                     | fresh 200
                UPSTREAM | AFTER_LAST_BYTE       | RESET      | 200     | complete                     | fresh 200
                UPSTREAM | AFTER_LAST_BYTE       | BLACK_HOLE | 200     | complete                     | same 504
                UPSTREAM | KEEP_ALIVE_IDLE       | CLOSE      | 200     | complete                     | fresh 200
                UPSTREAM | KEEP_ALIVE_IDLE       | HALF_CLOSE | 200     | complete                     | fresh 200
                UPSTREAM | KEEP_ALIVE_IDLE       | RESET      | 200     | complete                     | fresh 200
                UPSTREAM | KEEP_ALIVE_IDLE       | BLACK_HOLE | 200     | complete                     | same 504
""")
    void everyFaultHasItsAnswerItsCauseAndItsEffectOnTheUpstreamConnection(
            Side side, Moment moment, Way.Fault fault, String client, String journal, String next) {
        assertEquals(new Seen(client, journal, next), seen(side, moment, fault));
    }

    private static Seen seen(Side side, Moment moment, Way.Fault fault) {
        boolean midReply = moment == Moment.MID_REPLY_HEAD || moment == Moment.MID_REPLY_BODY;
        int size = side == Side.CLIENT && midReply ? LARGE : SMALL;
        Way struck = struck(side, moment, fault, size);
        Way there = moment.isOfTheReply() ? Way.CLEAR : struck;
        Way back = moment.isOfTheReply() ? struck : Way.CLEAR;
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script(moment, size))) {
            return switch (side) {
                case CLIENT -> {
                    try (ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address());
                            FaultyLink link = FaultyLink.to(proxy.plain(), there, back)) {
                        yield seen(new Cell(side, moment, fault), upstream, proxy, link, link.entrance());
                    }
                }
                case UPSTREAM -> {
                    try (FaultyLink link = FaultyLink.to(upstream.address(), there, back);
                            ImpatientEngine proxy = ImpatientEngine.inFrontOf(link.entrance())) {
                        yield seen(new Cell(side, moment, fault), upstream, proxy, link, proxy.plain());
                    }
                }
            };
        }
    }

    private record Cell(Side side, Moment moment, Way.Fault fault) {
        /** What is said into a black hole, nobody hears; and what nobody is told, the client does not see. */
        boolean hidesTheReply() {
            return side == Side.CLIENT
                    && (moment == Moment.MID_REPLY_HEAD || moment == Moment.MID_REPLY_BODY)
                    && fault == Way.Fault.BLACK_HOLE;
        }

        boolean endsBeforeTheRequestIsOne() {
            return side == Side.CLIENT && (moment == Moment.MID_REQUEST_LINE || moment == Moment.MID_HEAD);
        }

        boolean endsBeforeAnythingIsSaid() {
            return side == Side.CLIENT && moment == Moment.BEFORE_ACCEPT;
        }
    }

    private static Seen seen(
            Cell cell, ScriptedUpstream upstream, ImpatientEngine proxy, FaultyLink link, InetSocketAddress entrance) {
        try (RawClient client = RawClient.to(entrance)) {
            client.sendBeside(List.of(Wire.bytes(REQUEST)));
            String view = cell.hidesTheReply() ? "hidden" : view(client);
            if (cell.moment == Moment.KEEP_ALIVE_IDLE) {
                switch (cell.side) {
                    case CLIENT -> link.strikeThere(cell.fault);
                    case UPSTREAM -> link.strikeBack(cell.fault);
                }
            }
            String told = told(cell, proxy);
            return new Seen(view, told, next(proxy, upstream));
        } catch (UncheckedIOException noConnection) {
            // The reset may be quicker than the client's connect.
            if (!cell.equals(new Cell(Side.CLIENT, Moment.BEFORE_ACCEPT, Way.Fault.RESET))) {
                throw noConnection;
            }
            return new Seen("nothing", told(cell, proxy), next(proxy, upstream));
        }
    }

    private static String view(RawClient client) {
        try {
            return String.valueOf(client.reply("POST").status());
        } catch (WireFault fault) {
            return switch (fault.kind()) {
                case CUT -> client.arrived().length == 0 ? "nothing" : "cut";
                case SILENT, MALFORMED -> throw fault;
            };
        }
    }

    private static String told(Cell cell, ImpatientEngine proxy) {
        if (cell.endsBeforeAnythingIsSaid()) {
            return "nothing";
        }
        return cell.endsBeforeTheRequestIsOne()
                ? "no request " + take(proxy.journal().refusals()).cause().code()
                : outcome(cell, take(proxy.journal().exchanges()));
    }

    /** A reset right after the handshake may be seen as a failed connect or as the end of the connection. */
    private static String outcome(Cell cell, ExchangeRecord told) {
        boolean eitherWay = cell.equals(new Cell(Side.UPSTREAM, Moment.BEFORE_ACCEPT, Way.Fault.RESET));
        return eitherWay
                ? told.outcome().words().replaceAll("upstream-(closed|unreachable)", "upstream-gone")
                : told.outcome().words();
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            return Optional.ofNullable(queue.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow(() -> new AssertionError("the journal was told nothing for " + Patience.LIMIT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Another client comes straight to the proxy: which upstream connection serves it, and how. */
    private static String next(ImpatientEngine proxy, ScriptedUpstream upstream) {
        try (RawClient another = RawClient.to(proxy.plain())) {
            int status = another.send(NEXT).reply("GET").status();
            boolean same = upstream.awaitConnections(1).stream()
                    .map(UpstreamConnection::receivedText)
                    .anyMatch(text -> text.contains(" /cell ") && text.contains(" /next "));
            return (same ? "same " : "fresh ") + status;
        }
    }

    private static Script script(Moment moment, int size) {
        return exchange -> {
            if (exchange.head().target().equals("/next")) {
                exchange.write(Script.ok("next"));
                return;
            }
            exchange.request();
            if (moment == Moment.AFTER_BODY) {
                exchange.untilEnd();
            } else {
                exchange.write(Script.ok("r".repeat(size)));
            }
        };
    }

    private static Way struck(Side side, Moment moment, Way.Fault fault, int size) {
        int requestHead = lengthOfRequestHead(side);
        int replyHead = lengthOfReplyHead(side, size);
        return switch (moment) {
            case BEFORE_ACCEPT -> Way.CLEAR.until(0, fault);
            case MID_REQUEST_LINE -> Way.CLEAR.until("POST /c".length(), fault);
            case MID_HEAD -> Way.CLEAR.until(requestHead - 3, fault);
            case BETWEEN_HEAD_AND_BODY -> Way.CLEAR.until(requestHead, fault);
            case MID_BODY -> Way.CLEAR.until(requestHead + UPLOAD.length() / 2, fault);
            case AFTER_BODY -> Way.CLEAR.until(requestHead + UPLOAD.length(), fault);
            case MID_REPLY_HEAD -> Way.CLEAR.until(replyHead - 3, fault);
            case MID_REPLY_BODY -> Way.CLEAR.until(replyHead + size / 2, fault);
            case AFTER_LAST_BYTE -> Way.CLEAR.until(replyHead + size, fault);
            case KEEP_ALIVE_IDLE -> Way.CLEAR;
        };
    }

    /** To the client the proxy adds the name of the request. */
    private static int lengthOfReplyHead(Side side, int size) {
        int written = Script.ok("r".repeat(size)).length() - size;
        return switch (side) {
            case CLIENT -> written + "X-Request-Id: \r\n".length() + 32;
            case UPSTREAM -> written;
        };
    }

    /** The proxy writes a head of its own, with the port in it; every port that is free for all has five digits. */
    private static int lengthOfRequestHead(Side side) {
        return switch (side) {
            case CLIENT -> REQUEST.length() - UPLOAD.length();
            case UPSTREAM -> {
                try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                        ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address());
                        RawClient client = RawClient.to(proxy.plain())) {
                    client.send(REQUEST).reply("POST");
                    yield upstream.awaitConnection(1).received().length - UPLOAD.length();
                }
            }
        };
    }

    /** How the upstream frames a reply, and in which version the client asked for it. */
    enum CutReply {
        LENGTH("Content-Length: 10\r\n\r\nhello", "1.1"),
        CHUNKS("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "1.1"),
        UNTIL_CLOSE("\r\nhello", "1.1"),
        LENGTH_TO_1_0("Content-Length: 10\r\n\r\nhello", "1.0"),
        CHUNKS_TO_1_0("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "1.0"),
        UNTIL_CLOSE_TO_1_0("\r\nhello", "1.0");

        private final String reply;
        private final String version;

        CutReply(String restOfReply, String version) {
            this.reply = "HTTP/1.1 200 OK\r\n" + restOfReply;
            this.version = version;
        }

        /** A reply with a length is short, one in chunks has no last one, and one without either must end by a reset. */
        boolean looksCut(Rest rest) {
            return switch (this) {
                case LENGTH, LENGTH_TO_1_0 -> rest.bytes().length < 10;
                case CHUNKS, UNTIL_CLOSE -> !rest.text().endsWith("0\r\n\r\n");
                case CHUNKS_TO_1_0, UNTIL_CLOSE_TO_1_0 -> rest.ending() == Ending.RESET;
            };
        }
    }

    /** A reply that is framed by nothing but its end is cut only by a reset. */
    @ParameterizedTest
    @EnumSource
    void aReplyCutByAResetNeverLooksWhole(CutReply cut) {
        Script script = exchange -> {
            exchange.request();
            exchange.write(cut.reply);
        };
        Way back = Way.CLEAR.until(cut.reply.length(), Way.Fault.RESET);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                FaultyLink link = FaultyLink.to(upstream.address(), Way.CLEAR, back);
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(link.entrance());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("GET /x HTTP/" + cut.version + "\r\nHost: plane.example\r\n\r\n");
            client.head();
            Rest rest = client.untilEnd();
            assertTrue(cut.looksCut(rest), rest::toString);
            assertEquals(
                    "cut upstream-truncated",
                    take(proxy.journal().exchanges()).outcome().words());
        }
    }

    /** What a network does to the timing. */
    enum Weather {
        LATE(Way.CLEAR.late(Duration.ofMillis(30))),
        UNEVEN(Way.CLEAR.uneven(Duration.ofMillis(30))),
        BYTE_BY_BYTE(Way.CLEAR.inSlicesOf(1)),
        ALL_OF_IT(Way.CLEAR
                .late(Duration.ofMillis(5))
                .uneven(Duration.ofMillis(5))
                .inSlicesOf(3));

        private final Way way;

        Weather(Way way) {
            this.way = way;
        }
    }

    @ParameterizedTest
    @EnumSource
    void timingAndSlicesChangeNothing(Weather weather) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script(Moment.KEEP_ALIVE_IDLE, SMALL));
                FaultyLink inner = FaultyLink.to(upstream.address(), weather.way, weather.way);
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(inner.entrance());
                FaultyLink outer = FaultyLink.to(proxy.plain(), weather.way, weather.way);
                RawClient client = RawClient.to(outer.entrance())) {
            Reply reply = client.send(REQUEST).reply("POST");
            assertEquals("r".repeat(SMALL), reply.bodyText());
            assertEquals(UPLOAD, upstream.awaitRequest().bodyText());
            ExchangeRecord told = take(proxy.journal().exchanges());
            assertEquals("complete", told.outcome().words());
            assertEquals("same 200", next(proxy, upstream));
        }
    }
}
