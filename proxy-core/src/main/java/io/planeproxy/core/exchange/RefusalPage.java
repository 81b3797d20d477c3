package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.RequestHead;
import java.util.Locale;
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

    /** @param head the request that is refused, where it was one */
    public static Answer of(Refusal refusal, Optional<RequestHead> head) {
        int status = refusal.cause().status();
        String reason = REASONS.getOrDefault(status, "Error");
        FieldBlock.Builder fields = new FieldBlock.Builder();
        String text = switch (Form.wantedBy(head)) {
            case JSON -> json(fields, refusal, status);
            case HTML -> html(fields, refusal, status, reason);
            case TEXT -> text(fields, refusal, status, reason);
        };
        fields.add("Cache-Control", "no-store")
                .add("X-Plane-Proxy-Cause", refusal.cause().code());
        if (status == 405) {
            fields.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        if (status == 503 || status == 429) {
            fields.add("Retry-After", "1");
        }
        return new Answer(status, reason, fields.build(), new Answer.Body(text), Answer.After.CLOSE);
    }

    private enum Form {
        JSON,
        HTML,
        TEXT;

        static Form wantedBy(Optional<RequestHead> head) {
            if (head.isEmpty()) {
                return TEXT;
            }
            String accept =
                    head.get().fields().first(KnownField.ACCEPT).orElse("").toLowerCase(Locale.ROOT);
            if (head.get().target().normalPath().startsWith("/api/") || accept.contains("json")) {
                return JSON;
            }
            return accept.contains("text/html") ? HTML : TEXT;
        }
    }

    private static String json(FieldBlock.Builder fields, Refusal refusal, int status) {
        fields.add("Content-Type", "application/json");
        return "{\"status\":" + status + ",\"cause\":\"" + refusal.cause().code() + "\",\"error\":\""
                + escapeJson(sentence(refusal)) + "\"}\n";
    }

    private static String html(FieldBlock.Builder fields, Refusal refusal, int status, String reason) {
        fields.add("Content-Type", "text/html; charset=utf-8");
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$d %2$s</title>
                <body style="font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1em">
                <h1 style="font-size:1.4em">%1$d %2$s</h1>
                <p>%3$s</p>
                <p style="color:#666">plane-proxy: %4$s</p>
                </body></html>
                """.formatted(
                status, reason, escapeHtml(sentence(refusal)), refusal.cause().code());
    }

    private static String text(FieldBlock.Builder fields, Refusal refusal, int status, String reason) {
        fields.add("Content-Type", "text/plain; charset=utf-8");
        return status + " " + reason + ": " + sentence(refusal) + " [plane-proxy: "
                + refusal.cause().code() + "]\n";
    }

    private static String sentence(Refusal refusal) {
        String detail = refusal.detail();
        return detail.isEmpty() ? refusal.cause().sentence() : refusal.cause().sentence() + " (" + detail + ")";
    }

    private static String escapeHtml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Details are printable already; only what ends a JSON string is left to escape. */
    private static String escapeJson(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
