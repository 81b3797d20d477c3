package io.planeproxy.core.engine;

import io.netty.channel.ChannelPipeline;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.route.Router;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One address that clients come to, and what is done with their requests.
 *
 * @param address port 0 asks for any free one
 * @param tunnelIdle how long nothing may pass through a tunnel
 */
public record ListenerSpec(
        InetSocketAddress address,
        Security security,
        Router router,
        TrustedProxies trusted,
        ClientOptions clients,
        Duration tunnelIdle) {

    /** Whether connections are encrypted. There is no TLS without something that does it. */
    public sealed interface Security {
        record Plain() implements Security {}

        record Secure(TlsHandlers handlers) implements Security {}

        default Scheme scheme() {
            return switch (this) {
                case Plain() -> Scheme.HTTP;
                case Secure(TlsHandlers handlers) -> Scheme.HTTPS;
            };
        }
    }

    /** Does the TLS of connections. */
    public interface TlsHandlers {
        /** Puts what does it at the end of the pipeline of a connection that was just accepted. */
        void addTo(ChannelPipeline pipeline);
    }
}
