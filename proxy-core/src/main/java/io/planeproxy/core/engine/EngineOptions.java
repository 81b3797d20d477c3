package io.planeproxy.core.engine;

import io.planeproxy.core.upstream.UpstreamOptions;
import io.planeproxy.core.upstream.UpstreamTlsHandlers;

/**
 * What holds for the whole engine.
 *
 * @param eventLoops how many threads move bytes, at least 1; as many as the machine has processors is right. Cannot be changed
 *     while the engine runs
 * @param connections how many clients may be connected at the same time
 */
public record EngineOptions(
        int eventLoops, UpstreamOptions upstream, UpstreamTlsHandlers upstreamTls, ConnectionLimit connections) {
    /** An engine without a limit on connections. */
    public EngineOptions(int eventLoops, UpstreamOptions upstream, UpstreamTlsHandlers upstreamTls) {
        this(eventLoops, upstream, upstreamTls, ConnectionLimit.none());
    }

    public EngineOptions {
        if (eventLoops < 1) {
            throw new IllegalArgumentException(eventLoops + " event loops: expected at least 1");
        }
    }
}
