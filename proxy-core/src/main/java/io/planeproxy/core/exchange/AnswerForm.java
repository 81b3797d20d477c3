package io.planeproxy.core.exchange;

import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.PathPrefix;
import java.util.Locale;
import java.util.Optional;

/** In which form the proxy says something of its own. */
enum AnswerForm {
    JSON,
    HTML,
    TEXT;

    private static final PathPrefix API = new PathPrefix("/api");
    private static final int MOST_RANGES = 30;

    /** What the sender of that request can read. @param head the request, where it was one */
    static AnswerForm wantedBy(Optional<RequestHead> head) {
        if (head.isEmpty()) {
            return TEXT;
        }
        return API.holds(head.get().target().normalPath())
                ? JSON
                : preferred(String.join(",", head.get().fields().all(KnownField.ACCEPT)));
    }

    /** The form with the highest weight, and of those with the same the first (RFC 9110 §12.5.1); whoever takes anything gets text. */
    private static AnswerForm preferred(String accept) {
        AnswerForm best = TEXT;
        double bestWeight = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", MOST_RANGES)) {
            String[] parts = range.split(";", -1);
            Optional<AnswerForm> form = of(parts[0].strip());
            double weight = weight(parts);
            if (form.isPresent() && weight > bestWeight) {
                best = form.get();
                bestWeight = weight;
            }
        }
        return best;
    }

    private static Optional<AnswerForm> of(String mediaType) {
        return switch (mediaType) {
            case "application/json" -> Optional.of(JSON);
            case "text/html", "application/xhtml+xml" -> Optional.of(HTML);
            case "text/plain" -> Optional.of(TEXT);
            default -> mediaType.endsWith("+json") ? Optional.of(JSON) : Optional.empty();
        };
    }

    /** From 0 to 1; 1 where none is given, 0 where it can not be read. */
    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                String weight = parameter.substring(2);
                return weight.matches("[01](\\.[0-9]{0,3})?") ? Math.min(1, Double.parseDouble(weight)) : 0;
            }
        }
        return 1;
    }
}
