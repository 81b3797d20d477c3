package io.planeproxy.server.settings;

import java.time.Duration;

/**
 * What holds for WebSockets.
 *
 * @param origins from which pages one may be opened, unless a route has its own
 * @param hold how long a handshake waits for an upstream that is away
 * @param holdClients how many clients wait at the same time
 * @param ping after which silence a client is asked for a sign of life; at least a second
 */
public record WebSocketSettings(WebSocketOrigins origins, Span hold, int holdClients, Span ping) {

    static Field<WebSocketSettings> read(Section section) {
        Field<WebSocketOrigins> origins = WebSocketOrigins.read(section);
        Field<Span> hold = section.value("hold", Span.from(Duration.ofMillis(1)));
        Field<Integer> holdClients = section.value("hold-clients", Numbers.between(1, 1_000_000));
        Field<Span> ping = section.value("ping", Span.from(Duration.ofSeconds(1)));
        return section.whole(
                () -> new WebSocketSettings(origins.value(), hold.value(), holdClients.value(), ping.value()));
    }
}
