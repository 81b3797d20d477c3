package io.planeproxy.core.kit;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A proxy in front of one upstream, with the defaults that an operator gets who names only that upstream.
 *
 * <p>Closing it ends it with every connection it has, without a drain, and is the place to find that it leaked a buffer or counted a
 * fault of its own: then it throws an {@link AssertionError}.
 */
public interface ProxyUnderTest extends AutoCloseable {
    /** Where it listens for plain HTTP. */
    InetSocketAddress plain();

    /** Where it listens for HTTP over TLS, if it does. */
    default Optional<InetSocketAddress> tls() {
        return Optional.empty();
    }

    @Override
    void close();

    /** Starts a proxy in front of the given upstream. */
    @FunctionalInterface
    interface Factory {
        ProxyUnderTest inFrontOf(InetSocketAddress upstream);
    }
}
