package io.planeproxy.core.http;

import java.util.Optional;

/** What a request is after: a reply, or a switch of protocols. */
public sealed interface Intent {
    Plain PLAIN = new Plain();

    /** A reply. */
    record Plain() implements Intent {}

    /**
     * A switch of protocols (RFC 9110 §7.8).
     *
     * @param protocol the value of Upgrade, as sent
     * @param webSocketKey the Sec-WebSocket-Key, where exactly one was sent (RFC 6455 §4.1)
     */
    record Upgrade(String protocol, Optional<String> webSocketKey) implements Intent {
        /** Whether exactly WebSocket is asked for and nothing beside it. */
        public boolean isWebSocket() {
            return protocol.equalsIgnoreCase("websocket");
        }
    }
}
