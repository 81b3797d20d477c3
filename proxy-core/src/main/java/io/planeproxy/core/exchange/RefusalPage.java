package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.RequestHead;
import java.util.Map;
import java.util.Optional;

/** The proxy's own words for a failure: JSON for programs, a small page for browsers, a line of text for the rest. */
public final class RefusalPage {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(403, "Forbidden"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private RefusalPage() {}

    /** To what is no request, or comes when there is no place for it. */
    public static Answer of(Refusal refusal, RequestId id) {
        return of(refusal, id, Optional.empty());
    }

    public static Answer of(Refusal refusal, Asked asked) {
        return of(refusal, asked.id(), Optional.of(asked.head()));
    }

    private static Answer of(Refusal refusal, RequestId id, Optional<RequestHead> head) {
        int status = refusal.cause().status();
        String reason = REASONS.getOrDefault(status, "Error");
        FieldBlock.Builder fields = new FieldBlock.Builder();
        String text = switch (AnswerForm.wantedBy(head)) {
            case JSON -> json(fields, refusal, status, id);
            case HTML -> html(fields, refusal, status + " " + reason, id, HtmlPage.Retry.by(refusal.cause(), head));
            case TEXT -> text(fields, refusal, status + " " + reason, id);
        };
        fields.add("X-Content-Type-Options", "nosniff")
                .add("Cache-Control", "no-store")
                .add("X-Plane-Proxy-Cause", refusal.cause().code());
        if (status == 405) {
            fields.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        if (status == 503 || status == 429) {
            fields.add("Retry-After", "1");
        }
        return new Answer(status, reason, fields.build(), new Answer.Body(text), Answer.After.CLOSE).to(id);
    }

    private static String json(FieldBlock.Builder fields, Refusal refusal, int status, RequestId id) {
        fields.add("Content-Type", "application/json");
        return "{\"status\":" + status + ",\"cause\":\"" + refusal.cause().code() + "\",\"error\":\""
                + escapeJson(sentence(refusal)) + "\",\"request_id\":\"" + escapeJson(id.text()) + "\"}\n";
    }

    private static String html(
            FieldBlock.Builder fields, Refusal refusal, String title, RequestId id, HtmlPage.Retry retry) {
        fields.add("Content-Type", "text/html; charset=utf-8").add("Content-Security-Policy", HtmlPage.POLICY);
        return HtmlPage.of(title, sentence(refusal), note(refusal, id), retry);
    }

    private static String text(FieldBlock.Builder fields, Refusal refusal, String title, RequestId id) {
        fields.add("Content-Type", "text/plain; charset=utf-8");
        return title + ": " + sentence(refusal) + " [plane-proxy: " + note(refusal, id) + "]\n";
    }

    /** For whoever runs the proxy: by which name the logs have it, and what says what to do. */
    private static String note(Refusal refusal, RequestId id) {
        String code = refusal.cause().code();
        return code + ", request " + id + "; what to do: plane-proxy explain " + code;
    }

    private static String sentence(Refusal refusal) {
        String detail = refusal.detail();
        return detail.isEmpty() ? refusal.cause().sentence() : refusal.cause().sentence() + " (" + detail + ")";
    }

    private static String escapeJson(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '"') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
