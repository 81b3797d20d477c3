package io.planeproxy.server.accesslog;

import io.planeproxy.server.settings.LogVariable;
import java.util.Optional;

/**
 * What nginx and Apache call combined, save that queries are left out. Where something failed, its cause stands behind it. As
 * with nginx, a WebSocket has one line, when it is over.
 */
final class CombinedLine implements LineFormat {
    private final Values values;

    CombinedLine(Values values) {
        this.values = values;
    }

    @Override
    public Optional<String> line(Entry entry) {
        return switch (entry.kind()) {
            case SWITCH -> Optional.empty();
            case EXCHANGE, TUNNEL, STRAY ->
                Optional.of(entry.client()
                        + " - - [" + values.of(LogVariable.TIME_LOCAL, entry).orElseThrow()
                        + "] \"" + quoted(LogVariable.REQUEST, entry)
                        + "\" " + values.of(LogVariable.STATUS, entry).orElse("000")
                        + " " + entry.sent()
                        + " \"" + quoted(LogVariable.HTTP_REFERER, entry)
                        + "\" \"" + quoted(LogVariable.HTTP_USER_AGENT, entry)
                        + "\""
                        + values.of(LogVariable.CAUSE, entry)
                                .map(cause -> " cause=" + cause)
                                .orElse(""));
        };
    }

    private String quoted(LogVariable variable, Entry entry) {
        return values.of(variable, entry).map(Shown::quoted).orElse("-");
    }
}
