package io.planeproxy.core.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Inputs with bytes, words and lines deleted, inserted, replaced, doubled and moved, and two of them spliced. One seed, one result. */
final class Mutations {
    private static final List<String> TELLING = List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\t",
            " ",
            ":",
            ",",
            ";",
            "\r\n\r\n",
            "\u007f",
            "\u0080",
            "\u00ff",
            "\u000b",
            "/",
            "//",
            "..",
            "%2e",
            "%2f",
            "%00",
            "%",
            "\\",
            "#",
            "?",
            "@",
            "*",
            "+",
            "-",
            "_",
            "0",
            "1",
            "5",
            "a",
            "ffffffff",
            "0x",
            "chunked",
            "close",
            "keep-alive",
            "upgrade",
            "HTTP/1.0",
            "HTTP/1.1",
            "http://plane.example",
            "GET ",
            "HEAD ",
            "OPTIONS * ",
            "0\r\n\r\n",
            "5\r\nhello\r\n",
            "5;a=b\r\nhello\r\n");
    private static final List<String> LINES = List.of(
            "Host: plane.example",
            "Host: other.example",
            "Content-Length: 0",
            "Content-Length: 5",
            "Content-Length: 44",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity",
            "Connection: close",
            "Connection: keep-alive",
            "Connection: Content-Length",
            "Connection: X-A",
            "X-A: b",
            "X-Forwarded-For: 1.2.3.4",
            "X_Real_IP: 1.2.3.4",
            "Upgrade: websocket",
            "Connection: upgrade",
            "Expect: 100-continue",
            "Trailer: X-A",
            " folded",
            "\tfolded",
            "TE: trailers",
            "Cookie: a=b",
            "Content-Length : 5",
            "Content-length:\t5\t",
            "Transfer-Encoding:\u000bchunked",
            "0",
            "",
            "5",
            "hello",
            "GET /second HTTP/1.1",
            "POST /second HTTP/1.1");

    private final List<String> inputs;
    private final SplittableRandom random;

    Mutations(List<String> inputs, long seed) {
        this.inputs = inputs;
        this.random = new SplittableRandom(seed);
    }

    /** One input with one to four changes. */
    String one() {
        String text = any(inputs);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            text = changed(text);
        }
        return text;
    }

    /** The bytes in one to four pieces, often in one. */
    List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        String rest = text;
        while (pieces.size() < 3 && rest.length() > 1 && random.nextInt(4) == 0) {
            int at = 1 + random.nextInt(rest.length() - 1);
            pieces.add(rest.substring(0, at));
            rest = rest.substring(at);
        }
        pieces.add(rest);
        return pieces;
    }

    private String changed(String text) {
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(8)));
            case 1 -> text.substring(0, at) + any(TELLING) + text.substring(at);
            case 2 -> text.substring(0, at) + any(TELLING) + text.substring(Math.min(text.length(), at + 1));
            case 3 ->
                text.substring(0, at) + (char) random.nextInt(256) + text.substring(Math.min(text.length(), at + 1));
            case 4 -> withLine(text, any(LINES));
            case 5 -> withLine(text, aLine(text));
            case 6 -> lineMoved(text);
            case 7 -> text + any(inputs);
            default -> spliced(text, any(inputs));
        };
    }

    private String aLine(String text) {
        return any(List.of(text.split("\r\n", -1)));
    }

    private String withLine(String text, String line) {
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n", -1)));
        lines.add(random.nextInt(lines.size() + 1), line);
        return String.join("\r\n", lines);
    }

    private String lineMoved(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n", -1)));
        String line = lines.remove(random.nextInt(lines.size()));
        lines.add(random.nextInt(lines.size() + 1), line);
        return String.join("\r\n", lines);
    }

    private String spliced(String one, String other) {
        return one.substring(0, random.nextInt(one.length() + 1)) + other.substring(random.nextInt(other.length() + 1));
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
