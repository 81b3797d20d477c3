package io.planeproxy.core.socket;

import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Wire;
import java.util.List;

/** How the bytes of a case get onto the wire; what comes of them must not depend on it. */
enum Delivery {
    ALONE_IN_ONE_PIECE,
    BYTE_BY_BYTE,
    AFTER_A_GOOD_REQUEST;

    static final String BEFORE = "GET /before HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    void send(String raw, RawClient client) {
        byte[] bytes = Wire.bytes(raw);
        switch (this) {
            case ALONE_IN_ONE_PIECE -> client.sendAsFarAsTaken(List.of(bytes));
            case BYTE_BY_BYTE -> client.sendAsFarAsTaken(Cuts.every(1, bytes));
            case AFTER_A_GOOD_REQUEST -> {
                client.send(BEFORE).reply("GET");
                client.sendAsFarAsTaken(List.of(bytes));
            }
        }
    }

    /** What of the upstream's requests is owed to the delivery and not to the case. */
    int requestsBefore() {
        return switch (this) {
            case ALONE_IN_ONE_PIECE, BYTE_BY_BYTE -> 0;
            case AFTER_A_GOOD_REQUEST -> 1;
        };
    }
}
