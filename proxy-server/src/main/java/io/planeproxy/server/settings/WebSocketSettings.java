package io.planeproxy.server.settings;

/**
 * What holds for WebSockets.
 *
 * @param origins from which pages one may be opened, unless a route has its own
 * @param hold how long a handshake waits for an upstream that is away
 * @param holdClients how many clients wait at the same time
 */
public record WebSocketSettings(WebSocketOrigins origins, Span hold, int holdClients) {

    static Field<WebSocketSettings> read(Section section) {
        Field<WebSocketOrigins> origins = WebSocketOrigins.read(section);
        Field<Span> hold = section.value("hold", Span::parse);
        Field<Integer> holdClients = section.value("hold-clients", Numbers.between(1, 1_000_000));
        return section.whole(() -> new WebSocketSettings(origins.value(), hold.value(), holdClients.value()));
    }
}
