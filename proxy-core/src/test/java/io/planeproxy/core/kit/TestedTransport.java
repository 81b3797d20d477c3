package io.planeproxy.core.kit;

import io.planeproxy.core.engine.Transport;
import java.util.Optional;

/** The transport that is tested: the best, unless the property {@code tested.transport} names another. */
final class TestedTransport {
    static final Transport TRANSPORT = Optional.ofNullable(System.getProperty("tested.transport"))
            .map(Transport::valueOf)
            .orElseGet(Transport::best);

    private TestedTransport() {}
}
