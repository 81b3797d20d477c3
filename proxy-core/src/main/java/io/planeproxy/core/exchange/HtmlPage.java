package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The page on which a browser shows a failure. It needs nothing from anywhere else, and where the upstream is away it
 * asks again by itself, ever more slowly, until something else answers.
 */
final class HtmlPage {
    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1em}
            h1{font-size:1.4em}
            small{opacity:.7}
            """;

    /** Asks in the background, so that the page neither flickers nor loses its place behind a hash. */
    private static final String SCRIPT = """
            (function () {
              var wait = 2000;
              document.getElementById('again').textContent = 'This page tries again by itself.';
              function later() {
                setTimeout(look, wait * (0.75 + Math.random() / 2));
                wait = Math.min(30000, wait * 1.5);
              }
              function look() {
                fetch(location.href, { cache: 'no-store', redirect: 'manual', headers: { Accept: 'text/html' } })
                  .then(function (reply) {
                    if (reply.status >= 500 && reply.headers.get('X-Plane-Proxy-Cause')) later();
                    else location.reload();
                  }, later);
              }
              later();
            })();
            """;

    /** Nothing but the style and the script above, and that script may ask the site itself alone. */
    static final String POLICY = "default-src 'none'; style-src '" + digest(STYLE) + "'; script-src '" + digest(SCRIPT)
            + "'; connect-src 'self'; base-uri 'none'; form-action 'none'";

    private static final String WITHOUT_SCRIPT = "<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>\n";

    private HtmlPage() {}

    /** Whether the page asks again by itself. */
    enum Retry {
        BY_ITSELF,
        NEVER;

        private static final Set<Cause> UPSTREAM_IS_AWAY = EnumSet.of(
                Cause.UPSTREAM_UNRESOLVED,
                Cause.UPSTREAM_REFUSED,
                Cause.UPSTREAM_UNREACHABLE,
                Cause.UPSTREAM_BUSY,
                Cause.UPSTREAM_AWAY,
                Cause.CONNECT_TIMEOUT,
                Cause.UPSTREAM_CLOSED,
                Cause.SHUTDOWN);

        /** Only what does no harm when it is done once more. */
        static Retry by(Cause cause, Optional<RequestHead> head) {
            boolean isGet =
                    head.filter(request -> request.method() == Method.GET).isPresent();
            return isGet && UPSTREAM_IS_AWAY.contains(cause) ? BY_ITSELF : NEVER;
        }
    }

    static String of(String title, String sentence, String note, Retry retry) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                %5$s<title>%1$s</title>
                <style>%4$s</style>
                </head>
                <body>
                <h1>%1$s</h1>
                <p>%2$s</p>
                %6$s<p><small>plane-proxy: %3$s</small></p>
                </body>
                </html>
                """.formatted(
                        escaped(title),
                        escaped(sentence),
                        escaped(note),
                        STYLE,
                        switch (retry) {
                            case BY_ITSELF -> WITHOUT_SCRIPT;
                            case NEVER -> "";
                        },
                        switch (retry) {
                            case BY_ITSELF -> "<p id=\"again\"></p>\n<script>" + SCRIPT + "</script>\n";
                            case NEVER -> "";
                        });
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** As Content-Security-Policy names an inline text (CSP 3 §2.3.1). */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256; expected of every Java", missing);
        }
    }
}
