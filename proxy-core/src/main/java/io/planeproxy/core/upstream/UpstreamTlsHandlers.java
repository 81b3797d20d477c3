package io.planeproxy.core.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;

/** Makes the TLS side of connections to https upstreams. */
public interface UpstreamTlsHandlers {
    /** @param host the name that the certificate must have */
    SslHandler newHandler(ByteBufAllocator allocator, String host, int port);
}
