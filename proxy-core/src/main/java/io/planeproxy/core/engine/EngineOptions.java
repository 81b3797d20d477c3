package io.planeproxy.core.engine;

import io.planeproxy.core.upstream.UpstreamOptions;
import io.planeproxy.core.upstream.UpstreamTlsHandlers;

/**
 * What holds for the whole engine.
 *
 * @param eventLoops how many threads move bytes, at least 1; as many as the machine has processors is right. Cannot be changed
 *     while the engine runs
 * @param connections how many clients may be connected at the same time
 * @param transport how sockets are asked for what happens on them. Cannot be changed while the engine runs
 */
public record EngineOptions(
        int eventLoops,
        UpstreamOptions upstream,
        UpstreamTlsHandlers upstreamTls,
        ConnectionLimit connections,
        Transport transport) {
    /** An engine without a limit on connections, with the best transport. */
    public EngineOptions(int eventLoops, UpstreamOptions upstream, UpstreamTlsHandlers upstreamTls) {
        this(eventLoops, upstream, upstreamTls, ConnectionLimit.none(), Transport.best());
    }

    public EngineOptions {
        if (eventLoops < 1) {
            throw new IllegalArgumentException(eventLoops + " event loops: expected at least 1");
        }
        if (!transport.isAvailable()) {
            throw new IllegalArgumentException(
                    transport + " is not to be had here: " + transport.whyNot().orElseThrow());
        }
    }
}
