package io.planeproxy.core.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads whole requests and replies from one connection, as strictly as the RFCs allow a sender to be. */
final class MessageReader {
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\\x21-\\x7e]+) (HTTP/1\\.[01])");
    private static final Pattern STATUS_LINE =
            Pattern.compile("(HTTP/1\\.[01]) ([1-5][0-9][0-9]) ([\\t\\x20-\\x7e\\x80-\\xff]*)");

    private final StrictReader in;

    MessageReader(StrictReader in) {
        this.in = in;
    }

    /** The head of a request, with an empty body. */
    Request requestHead() {
        String line = in.line("a request line");
        Matcher parts = REQUEST_LINE.matcher(line);
        in.check(parts.matches(), "a request line", line);
        List<Field> fields = in.fields("a request field");
        Request head = new Request(
                parts.group(1), parts.group(2), parts.group(3), fields, Framing.NONE, new byte[0], List.of());
        in.check(head.values("Host").size() <= 1, "one Host at most (RFC 9112 section 3.2)", fields.toString());
        Framing framing = framing(head);
        return new Request(head.method(), head.target(), head.version(), fields, framing, head.body(), List.of());
    }

    /** The same request with its body and trailers read. */
    Request withBody(Request head) {
        return switch (head.framing()) {
            case NONE -> head;
            case LENGTH ->
                whole(head, in.exactly(length(head), "the body of " + head.method() + " " + head.target()), List.of());
            case CHUNKED -> {
                StrictReader.Chunked chunked = in.chunked();
                yield whole(head, chunked.body(), chunked.trailers());
            }
            case UNTIL_CLOSE -> throw new IllegalStateException("a request never ends by close");
        };
    }

    /** A final reply to a request of the given method, and the interim replies before it; 101 is final. */
    Reply reply(String method) {
        List<Reply> interim = new ArrayList<>();
        while (true) {
            Reply head = replyHead();
            if (head.status() >= 200 || head.status() == 101) {
                return withBody(head, method).after(List.copyOf(interim));
            }
            interim.add(head);
        }
    }

    Reply replyHead() {
        String line = in.line("a status line");
        Matcher parts = STATUS_LINE.matcher(line);
        in.check(parts.matches(), "a status line", line);
        return new Reply(
                List.of(),
                parts.group(1),
                Integer.parseInt(parts.group(2)),
                parts.group(3),
                in.fields("a reply field"),
                Framing.NONE,
                new byte[0],
                List.of());
    }

    private Reply withBody(Reply head, String method) {
        Framing framing = framing(head);
        boolean bodiless =
                method.equals("HEAD") || head.status() == 204 || head.status() == 304 || head.status() == 101;
        if (bodiless) {
            return head;
        }
        return switch (framing) {
            case LENGTH -> whole(head, framing, in.exactly(length(head), "the body of the reply"), List.of());
            case CHUNKED -> {
                StrictReader.Chunked chunked = in.chunked();
                yield whole(head, framing, chunked.body(), chunked.trailers());
            }
            case NONE, UNTIL_CLOSE ->
                whole(head, Framing.UNTIL_CLOSE, in.untilEnd().bytes(), List.of());
        };
    }

    private Framing framing(Message message) {
        List<String> lengths = message.values("Content-Length");
        List<String> codings = message.values("Transfer-Encoding");
        in.check(
                lengths.size() + codings.size() <= 1,
                "one Content-Length or one Transfer-Encoding",
                message.toString());
        if (!codings.isEmpty()) {
            in.check(codings.getFirst().toLowerCase(Locale.ROOT).equals("chunked"), "chunked", codings.getFirst());
            return Framing.CHUNKED;
        }
        if (lengths.isEmpty()) {
            return Framing.NONE;
        }
        in.check(lengths.getFirst().matches("[0-9]{1,18}"), "a Content-Length in digits", lengths.getFirst());
        return Framing.LENGTH;
    }

    private static long length(Message message) {
        return Long.parseLong(message.value("Content-Length").orElseThrow());
    }

    private static Request whole(Request head, byte[] body, List<Field> trailers) {
        return new Request(head.method(), head.target(), head.version(), head.fields(), head.framing(), body, trailers);
    }

    private static Reply whole(Reply head, Framing framing, byte[] body, List<Field> trailers) {
        return new Reply(
                head.interim(), head.version(), head.status(), head.reason(), head.fields(), framing, body, trailers);
    }
}
