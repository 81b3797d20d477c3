package io.planeproxy.core.socket;

import io.planeproxy.core.kit.WebSocketHandshake;
import java.util.List;
import java.util.stream.Stream;

/**
 * One reply of an upstream, right or wrong, and what must come of it.
 *
 * @param request the method, and where it is an upgrade the word {@code UPGRADE}
 * @param raw what the upstream writes when it has the request, one byte a character
 * @param then what the upstream does behind these bytes
 */
public record ReplyCase(String name, String request, String raw, Then then, Outcome outcome) {
    static final String OK = "HTTP/1.1 200 OK\r\n";
    static final String FIVE = "Content-Length: 5\r\n";
    static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    /** What the upstream does behind its bytes. */
    public enum Then {
        STAYS_OPEN,
        CLOSES,
        RESETS
    }

    /** What becomes of the connection to the upstream. */
    public enum Leg {
        SERVES_THE_NEXT,
        IS_DROPPED
    }

    /** What the client must see. */
    public sealed interface Outcome {}

    /** A whole reply. */
    public record Relayed(int status, String body, Leg leg) implements Outcome {}

    /** A 502 of our own, and the connection to the upstream is dropped. */
    public record BadGateway() implements Outcome {}

    /** A reply that the client can see to be cut short; of the body no more than this came. */
    public record Truncated(String atMost) implements Outcome {}

    public static Stream<ReplyCase> all() {
        return Stream.of(
                        whole(), badHeads(), badFraming(), interim(), spoiled(), cut(), badUpgrades(), OddReplies.all())
                .flatMap(List::stream);
    }

    private static List<ReplyCase> whole() {
        return List.of(
                relayed("a length", OK + FIVE + "\r\nhello", 200, "hello"),
                relayed("no content at all", OK + "Content-Length: 0\r\n\r\n", 200, ""),
                relayed("chunks", OK + CHUNKED + "\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", 200, "hello"),
                relayed(
                        "chunks in capital digits and with extensions",
                        OK + CHUNKED + "\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                        200,
                        "0123456789"),
                relayed("an empty reason", "HTTP/1.1 200 \r\n" + FIVE + "\r\nhello", 200, "hello"),
                relayed("an unknown status", "HTTP/1.1 299 Odd\r\n" + FIVE + "\r\nhello", 299, "hello"),
                relayed("a redirect", "HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n", 302, ""),
                relayed("an error of the upstream", "HTTP/1.1 500 Oops\r\n" + FIVE + "\r\nhello", 500, "hello"),
                relayed("204", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
                relayed(
                        "204 with a length, which is stripped",
                        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                        204,
                        ""),
                relayed(
                        "304 with the length that a 200 would have",
                        "HTTP/1.1 304 Not Modified\r\n" + FIVE + "\r\n",
                        304,
                        ""),
                relayed(
                        "HTTP/1.1 with a body up to the close",
                        OK + "\r\nhello",
                        200,
                        "hello",
                        Then.CLOSES,
                        Leg.IS_DROPPED),
                relayed(
                        "HTTP/1.0 with a body up to the close",
                        "HTTP/1.0 200 OK\r\n\r\nhello",
                        200,
                        "hello",
                        Then.CLOSES,
                        Leg.IS_DROPPED),
                relayed(
                        "Connection: close",
                        OK + FIVE + "Connection: close\r\n\r\nhello",
                        200,
                        "hello",
                        Then.CLOSES,
                        Leg.IS_DROPPED),
                new ReplyCase(
                        "HEAD with a length",
                        "HEAD",
                        OK + FIVE + "\r\n",
                        Then.STAYS_OPEN,
                        new Relayed(200, "", Leg.SERVES_THE_NEXT)),
                new ReplyCase(
                        "HEAD with chunked",
                        "HEAD",
                        OK + CHUNKED + "\r\n",
                        Then.STAYS_OPEN,
                        new Relayed(200, "", Leg.SERVES_THE_NEXT)));
    }

    private static List<ReplyCase> badHeads() {
        return List.of(
                bad("no status line", "hello\r\n\r\n"),
                bad("a status of two digits", "HTTP/1.1 20 OK\r\n" + FIVE + "\r\nhello"),
                bad("a status of four digits", "HTTP/1.1 2000 OK\r\n" + FIVE + "\r\nhello"),
                bad("status 0xx", "HTTP/1.1 099 No\r\n" + FIVE + "\r\nhello"),
                bad("HTTP/2.0", "HTTP/2.0 200 OK\r\n" + FIVE + "\r\nhello"),
                bad("NUL in a field", OK + "X: a\u0000b\r\n" + FIVE + "\r\nhello"),
                bad("a bare CR in a field", OK + "X: a\rb\r\n" + FIVE + "\r\nhello"),
                bad("a space before the colon", OK + "X : a\r\n" + FIVE + "\r\nhello"),
                bad("a line without a colon", OK + "X\r\n" + FIVE + "\r\nhello"),
                bad("a head over 64 KiB", OK + ("X: " + "v".repeat(1000) + "\r\n").repeat(70) + FIVE + "\r\nhello"));
    }

    private static List<ReplyCase> badFraming() {
        return List.of(
                bad("a length with chunked", OK + FIVE + CHUNKED + "\r\n5\r\nhello\r\n0\r\n\r\n"),
                bad("two different lengths", OK + FIVE + "Content-Length: 6\r\n\r\nhello!"),
                bad("a length with a sign", OK + "Content-Length: +5\r\n\r\nhello"),
                bad("a length as a list", OK + "Content-Length: 5, 6\r\n\r\nhello"),
                bad("an empty length", OK + "Content-Length:\r\n\r\nhello"),
                bad("a length that no number holds", OK + "Content-Length: 18446744073709551621\r\n\r\nhello"),
                bad("Transfer-Encoding: gzip", OK + "Transfer-Encoding: gzip\r\n\r\nhello"),
                bad(
                        "Transfer-Encoding: gzip, chunked",
                        OK + "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
                bad("Transfer-Encoding: xchunked", OK + "Transfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
    }

    private static List<ReplyCase> interim() {
        return List.of(
                relayed("100 is swallowed", "HTTP/1.1 100 Continue\r\n\r\n" + OK + FIVE + "\r\nhello", 200, "hello"),
                relayed("102 is swallowed", "HTTP/1.1 102 Processing\r\n\r\n" + OK + FIVE + "\r\nhello", 200, "hello"),
                bad(
                        "more than 20 interim replies",
                        "HTTP/1.1 100 Continue\r\n\r\n".repeat(21) + OK + FIVE + "\r\nhello"),
                bad("a 101 that nobody asked for", WebSocketHandshake.switching(WebSocketHandshake.KEY)));
    }

    /** The reply is whole, but what is behind it makes the connection unfit for the next request. */
    private static List<ReplyCase> spoiled() {
        return List.of(
                relayed(
                        "bytes behind the reply",
                        OK + FIVE + "\r\nhelloXX",
                        200,
                        "hello",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed(
                        "a second reply",
                        (OK + FIVE + "\r\nhello").repeat(2),
                        200,
                        "hello",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed(
                        "a body to 204",
                        "HTTP/1.1 204 No Content\r\n\r\nhello",
                        204,
                        "",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed(
                        "a body to 304",
                        "HTTP/1.1 304 Not Modified\r\n" + FIVE + "\r\nhello",
                        304,
                        "",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                new ReplyCase(
                        "a body to HEAD",
                        "HEAD",
                        OK + FIVE + "\r\nhello",
                        Then.STAYS_OPEN,
                        new Relayed(200, "", Leg.IS_DROPPED)),
                relayed(
                        "a close behind the reply",
                        OK + FIVE + "\r\nhello",
                        200,
                        "hello",
                        Then.CLOSES,
                        Leg.IS_DROPPED));
    }

    private static List<ReplyCase> cut() {
        return List.of(
                bad("a close before the head", "", Then.CLOSES),
                bad("a reset before the head", "", Then.RESETS),
                bad("a close in the status line", "HTTP/1.1 20", Then.CLOSES),
                bad("a close in the fields", OK + "Content-Le", Then.CLOSES),
                truncated("a length cut by a close", OK + FIVE + "\r\nhel", Then.CLOSES, "hel"),
                truncated("a length cut by a reset", OK + FIVE + "\r\nhel", Then.RESETS, "hel"),
                truncated("chunks cut inside one", OK + CHUNKED + "\r\n5\r\nhel", Then.CLOSES, "hel"),
                truncated("chunks cut between two", OK + CHUNKED + "\r\n5\r\nhello\r\n", Then.CLOSES, "hello"),
                truncated(
                        "chunks cut before the last line end",
                        OK + CHUNKED + "\r\n5\r\nhello\r\n0\r\n",
                        Then.CLOSES,
                        "hello"),
                truncated(
                        "a chunk size that is none",
                        OK + CHUNKED + "\r\n5\r\nhello\r\nzz\r\n",
                        Then.STAYS_OPEN,
                        "hello"),
                truncated(
                        "a chunk longer than its size",
                        OK + CHUNKED + "\r\n3\r\nhello\r\n0\r\n\r\n",
                        Then.STAYS_OPEN,
                        "hel"));
    }

    private static List<ReplyCase> badUpgrades() {
        String right = WebSocketHandshake.switching(WebSocketHandshake.KEY);
        String accept = WebSocketHandshake.accept(WebSocketHandshake.KEY);
        return List.of(
                badUpgrade(
                        "101 with the proof of another key", WebSocketHandshake.switching("AAAAAAAAAAAAAAAAAAAAAA==")),
                badUpgrade("101 without a proof", right.replace("Sec-WebSocket-Accept: " + accept + "\r\n", "")),
                badUpgrade("101 with two proofs", right.replace("\r\n\r\n", "\r\nSec-WebSocket-Accept: x\r\n\r\n")),
                badUpgrade("101 to another protocol", right.replace("websocket", "foo/2")),
                badUpgrade("101 that names no protocol", right.replace("Upgrade: websocket\r\n", "")),
                new ReplyCase(
                        "a 101 cut short",
                        "UPGRADE",
                        right.substring(0, right.length() - 2),
                        Then.CLOSES,
                        new BadGateway()));
    }

    @Override
    public String toString() {
        return name;
    }

    static ReplyCase relayed(String name, String raw, int status, String body) {
        return relayed(name, raw, status, body, Then.STAYS_OPEN, Leg.SERVES_THE_NEXT);
    }

    static ReplyCase relayed(String name, String raw, int status, String body, Then then, Leg leg) {
        return new ReplyCase(name, "GET", raw, then, new Relayed(status, body, leg));
    }

    static ReplyCase bad(String name, String raw) {
        return bad(name, raw, Then.STAYS_OPEN);
    }

    static ReplyCase bad(String name, String method, String raw) {
        return new ReplyCase(name, method, raw, Then.STAYS_OPEN, new BadGateway());
    }

    static ReplyCase bad(String name, String raw, Then then) {
        return new ReplyCase(name, "GET", raw, then, new BadGateway());
    }

    static ReplyCase badUpgrade(String name, String raw) {
        return new ReplyCase(name, "UPGRADE", raw, Then.STAYS_OPEN, new BadGateway());
    }

    static ReplyCase truncated(String name, String raw, Then then, String atMost) {
        return new ReplyCase(name, "GET", raw, then, new Truncated(atMost));
    }
}
