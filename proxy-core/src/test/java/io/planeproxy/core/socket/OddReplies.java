package io.planeproxy.core.socket;

import static io.planeproxy.core.socket.ReplyCase.CHUNKED;
import static io.planeproxy.core.socket.ReplyCase.FIVE;
import static io.planeproxy.core.socket.ReplyCase.OK;
import static io.planeproxy.core.socket.ReplyCase.bad;
import static io.planeproxy.core.socket.ReplyCase.badUpgrade;
import static io.planeproxy.core.socket.ReplyCase.relayed;
import static io.planeproxy.core.socket.ReplyCase.truncated;

import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.socket.ReplyCase.Leg;
import io.planeproxy.core.socket.ReplyCase.Relayed;
import io.planeproxy.core.socket.ReplyCase.Then;
import java.util.List;
import java.util.stream.Stream;

/** Replies at the edges of the rules, as somebody who looks for a gap would send them. */
final class OddReplies {
    private static final String BODY = "\r\nhello";
    private static final String HELLO_IN_CHUNKS = "5\r\nhello\r\n";

    private OddReplies() {}

    static List<ReplyCase> all() {
        return Stream.of(statusLines(), heads(), framing(), chunks(), persistence(), bodiless(), switches())
                .flatMap(List::stream)
                .toList();
    }

    private static List<ReplyCase> statusLines() {
        return List.of(
                relayed("no reason and no space", "HTTP/1.1 200\r\n" + FIVE + BODY, 200, "hello"),
                relayed("a reason beyond ASCII", "HTTP/1.1 200 d'accord \u00e9\r\n" + FIVE + BODY, 200, "hello"),
                bad("no space before the reason", "HTTP/1.1 200OK\r\n" + FIVE + BODY),
                bad("two spaces before the status", "HTTP/1.1  200 OK\r\n" + FIVE + BODY),
                bad("HTAB before the status", "HTTP/1.1\t200 OK\r\n" + FIVE + BODY),
                bad("HTAB before the reason", "HTTP/1.1 200\tOK\r\n" + FIVE + BODY),
                bad("NUL in the reason", "HTTP/1.1 200 O\0K\r\n" + FIVE + BODY),
                bad("CR in the reason", "HTTP/1.1 200 O\rK\r\n" + FIVE + BODY),
                bad("status 600", "HTTP/1.1 600 Odd\r\n" + FIVE + BODY),
                bad("status 000", "HTTP/1.1 000 Odd\r\n" + FIVE + BODY),
                bad("a letter in the status", "HTTP/1.1 2e0 OK\r\n" + FIVE + BODY),
                bad("a sign in the status", "HTTP/1.1 +20 OK\r\n" + FIVE + BODY),
                bad("http in small letters", "http/1.1 200 OK\r\n" + FIVE + BODY),
                bad("HTTP/1.10", "HTTP/1.10 200 OK\r\n" + FIVE + BODY),
                bad("an empty line before the status line", "\r\n" + OK + FIVE + BODY),
                bad("a space before the status line", " " + OK + FIVE + BODY),
                bad("a line feed alone behind the status line", "HTTP/1.1 200 OK\n" + FIVE + BODY),
                bad("a status line without end", "HTTP/1.1 200 " + "O".repeat(17 * 1024)),
                bad("TLS instead of HTTP", "\25\3\1\0\2\2\50"));
    }

    private static List<ReplyCase> heads() {
        return List.of(
                relayed("an empty value", OK + "X:\r\n" + FIVE + BODY, 200, "hello"),
                relayed("200 fields", OK + "X: y\r\n".repeat(199) + FIVE + BODY, 200, "hello"),
                bad("201 fields", OK + "X: y\r\n".repeat(200) + FIVE + BODY),
                bad("a folded line", OK + "X: y\r\n z\r\n" + FIVE + BODY),
                bad("a folded length", OK + "Content-Length:\r\n 5\r\n" + BODY),
                bad("white space before the first field", OK + " X: y\r\n" + FIVE + BODY),
                bad("a line feed alone behind a field", OK + "X: y\n" + FIVE + BODY),
                bad("a line feed alone for the empty line", OK + FIVE + "\nhello"),
                bad("a name that is none", OK + "X(y): z\r\n" + FIVE + BODY),
                bad("no name", OK + ": z\r\n" + FIVE + BODY),
                bad("DEL in a value", OK + "X: \177\r\n" + FIVE + BODY),
                bad("ESC in a value", OK + "X: \33[31m\r\n" + FIVE + BODY),
                bad("Connection that names nothing that can be named", OK + "Connection: a b\r\n" + FIVE + BODY));
    }

    private static List<ReplyCase> framing() {
        return List.of(
                relayed("the same length twice", OK + FIVE + FIVE + BODY, 200, "hello"),
                relayed("a length with zeros in front", OK + "Content-Length: 005\r\n" + BODY, 200, "hello"),
                bad("a length and an empty one", OK + FIVE + "Content-Length:\r\n" + BODY),
                bad("the same length twice in a list", OK + "Content-Length: 5, 5\r\n" + BODY),
                bad("a negative length", OK + "Content-Length: -5\r\n" + BODY),
                bad("a length in hexadecimal digits", OK + "Content-Length: 0x5\r\n" + BODY),
                bad("a space before the colon of a length", OK + "Content-Length : 5\r\n" + BODY),
                bad("chunked twice", OK + CHUNKED + CHUNKED + "\r\n" + HELLO_IN_CHUNKS + "0\r\n\r\n"),
                bad("chunked, chunked", OK + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                bad("an empty Transfer-Encoding", OK + "Transfer-Encoding:\r\n" + FIVE + BODY),
                bad("Transfer-Encoding: identity", OK + "Transfer-Encoding: identity\r\n" + FIVE + BODY),
                bad("chunked on HTTP/1.0", "HTTP/1.0 200 OK\r\n" + CHUNKED + "\r\n" + HELLO_IN_CHUNKS + "0\r\n\r\n"),
                bad("a length with chunked to HEAD", "HEAD", OK + FIVE + CHUNKED + "\r\n"),
                bad("a length with chunked on a 304", "HTTP/1.1 304 Not Modified\r\n" + FIVE + CHUNKED + "\r\n"));
    }

    private static List<ReplyCase> chunks() {
        String head = OK + CHUNKED + "\r\n";
        return List.of(
                relayed("Chunked in capitals", OK + "TRANSFER-ENCODING: CHUNKED\r\n\r\n0\r\n\r\n", 200, ""),
                relayed(
                        "trailers that may not be relayed",
                        head + HELLO_IN_CHUNKS + "0\r\nContent-Length: 9\r\nSet-Cookie: a=b\r\n\r\n",
                        200,
                        "hello"),
                relayed(
                        "bytes behind the last chunk",
                        head + HELLO_IN_CHUNKS + "0\r\n\r\nX",
                        200,
                        "hello",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                truncated(
                        "a line feed alone behind a size",
                        head + HELLO_IN_CHUNKS + "5\nhello",
                        Then.STAYS_OPEN,
                        "hello"),
                truncated("a size of 17 digits", head + "00000000000000005\r\nhello", Then.STAYS_OPEN, ""),
                truncated("a size beyond all numbers", head + "ffffffffffffffff\r\nhello", Then.STAYS_OPEN, ""),
                truncated("a negative size", head + "-5\r\nhello\r\n", Then.STAYS_OPEN, ""),
                truncated("a space behind a size", head + "5 \r\nhello\r\n0\r\n\r\n", Then.STAYS_OPEN, ""),
                truncated("an extension that is none", head + "5;=\r\nhello\r\n0\r\n\r\n", Then.STAYS_OPEN, ""),
                truncated("an extension without end", head + "5;a=" + "b".repeat(300), Then.STAYS_OPEN, ""),
                truncated(
                        "a chunk shorter than its size", head + "6\r\nhello\r\n0\r\n\r\n", Then.STAYS_OPEN, "hello\r"),
                truncated(
                        "a trailer that is none",
                        head + HELLO_IN_CHUNKS + "0\r\nX y\r\n\r\n",
                        Then.STAYS_OPEN,
                        "hello"),
                truncated(
                        "a folded trailer",
                        head + HELLO_IN_CHUNKS + "0\r\nX: y\r\n z\r\n\r\n",
                        Then.STAYS_OPEN,
                        "hello"),
                truncated(
                        "201 trailers",
                        head + HELLO_IN_CHUNKS + "0\r\n" + "X: y\r\n".repeat(201) + "\r\n",
                        Then.STAYS_OPEN,
                        "hello"),
                truncated(
                        "a close between the last size and the end",
                        head + HELLO_IN_CHUNKS + "0\r\n\r",
                        Then.CLOSES,
                        "hello"));
    }

    private static List<ReplyCase> persistence() {
        return List.of(
                relayed(
                        "Connection: close, and yet it stays open",
                        OK + FIVE + "Connection: Close\r\n" + BODY,
                        200,
                        "hello",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed(
                        "keep-alive and close in two lines",
                        OK + FIVE + "Connection: keep-alive\r\nConnection: x, close\r\n" + BODY,
                        200,
                        "hello",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed(
                        "HTTP/1.0 with a length",
                        "HTTP/1.0 200 OK\r\n" + FIVE + BODY,
                        200,
                        "hello",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed(
                        "HTTP/1.0 that is kept alive",
                        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + FIVE + BODY,
                        200,
                        "hello"),
                relayed(
                        "an empty line behind the reply",
                        OK + FIVE + "\r\nhello\r\n",
                        200,
                        "hello",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed("status 199 is swallowed", "HTTP/1.1 199 Odd\r\nX: y\r\n\r\n" + OK + FIVE + BODY, 200, "hello"),
                relayed(
                        "20 interim replies",
                        "HTTP/1.1 100 Continue\r\n\r\n".repeat(20) + OK + FIVE + BODY,
                        200,
                        "hello"),
                bad(
                        "an interim reply with a length and chunked",
                        "HTTP/1.1 100 Continue\r\n" + FIVE + CHUNKED + "\r\n"),
                bad("a close behind an interim reply", "HTTP/1.1 100 Continue\r\n\r\n", Then.CLOSES),
                bad("an interim reply, then nonsense", "HTTP/1.1 100 Continue\r\n\r\nnonsense\r\n\r\n"));
    }

    private static List<ReplyCase> bodiless() {
        return List.of(
                relayed(
                        "204 in chunks",
                        "HTTP/1.1 204 No Content\r\n" + CHUNKED + "\r\n0\r\n\r\n",
                        204,
                        "",
                        Then.STAYS_OPEN,
                        Leg.IS_DROPPED),
                relayed("205 with no content", "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205, ""),
                new ReplyCase(
                        "HEAD without any length",
                        "HEAD",
                        OK + "\r\n",
                        Then.STAYS_OPEN,
                        new Relayed(200, "", Leg.SERVES_THE_NEXT)),
                new ReplyCase(
                        "HEAD and a body in chunks",
                        "HEAD",
                        OK + CHUNKED + "\r\n" + HELLO_IN_CHUNKS + "0\r\n\r\n",
                        Then.STAYS_OPEN,
                        new Relayed(200, "", Leg.IS_DROPPED)));
    }

    private static List<ReplyCase> switches() {
        String right = WebSocketHandshake.switching(WebSocketHandshake.KEY);
        return List.of(
                new ReplyCase(
                        "an upgrade that is declined",
                        "UPGRADE",
                        OK + FIVE + BODY,
                        Then.STAYS_OPEN,
                        new Relayed(200, "hello", Leg.SERVES_THE_NEXT)),
                new ReplyCase(
                        "an upgrade that is forbidden",
                        "UPGRADE",
                        "HTTP/1.1 403 Forbidden\r\n" + FIVE + BODY,
                        Then.STAYS_OPEN,
                        new Relayed(403, "hello", Leg.SERVES_THE_NEXT)),
                badUpgrade("101 that Connection does not name", right.replace("Connection: Upgrade\r\n", "")),
                badUpgrade(
                        "101 to one of two protocols", right.replace("Upgrade: websocket", "Upgrade: websocket, h2c")),
                badUpgrade("101 in HTTP/1.0", right.replace("HTTP/1.1", "HTTP/1.0")),
                badUpgrade("101 with a length", right.replace("\r\n\r\n", "\r\n" + FIVE + BODY)));
    }
}
