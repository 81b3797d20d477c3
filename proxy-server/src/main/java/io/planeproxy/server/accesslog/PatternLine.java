package io.planeproxy.server.accesslog;

import io.planeproxy.server.settings.AccessLogFormat.Patterned.Piece;
import io.planeproxy.server.settings.LogVariable;
import java.util.List;
import java.util.Optional;

/** As the operator wrote it. As with nginx, a WebSocket has one line, when it is over, and a dash stands for nothing. */
final class PatternLine implements LineFormat {
    private final List<Piece> pieces;
    private final Values values;

    PatternLine(List<Piece> pieces, Values values) {
        this.pieces = pieces;
        this.values = values;
    }

    @Override
    public Optional<String> line(Entry entry) {
        return switch (entry.kind()) {
            case SWITCH -> Optional.empty();
            case EXCHANGE, TUNNEL, STRAY -> Optional.of(filled(entry));
        };
    }

    private String filled(Entry entry) {
        StringBuilder line = new StringBuilder(256);
        for (Piece piece : pieces) {
            line.append(
                    switch (piece) {
                        case Piece.Literal(String text) -> text;
                        case Piece.Value(LogVariable variable) ->
                            values.of(variable, entry).map(Shown::quoted).orElse("-");
                    });
        }
        return line.toString();
    }
}
