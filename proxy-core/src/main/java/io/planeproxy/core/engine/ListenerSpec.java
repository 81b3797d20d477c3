package io.planeproxy.core.engine;

import io.netty.channel.ChannelPipeline;
import io.planeproxy.core.forward.AddedFields;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.Admission;
import io.planeproxy.core.route.Router;
import io.planeproxy.core.tunnel.TunnelOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One address that clients come to, and what is done with their requests.
 *
 * @param address port 0 asks for any free one
 * @param tunnels what holds for its tunnels
 * @param admission who may come, and how often
 * @param added what is said in every reply and answer that does not say it itself
 * @param proxySenders whether connections begin with a PROXY protocol header, and from whom
 */
public record ListenerSpec(
        InetSocketAddress address,
        Security security,
        Router router,
        TrustedProxies trusted,
        ClientOptions clients,
        TunnelOptions tunnels,
        Admission admission,
        AddedFields added,
        ProxySenders proxySenders) {

    /** A listener for everybody, that adds nothing to replies. */
    public ListenerSpec(
            InetSocketAddress address,
            Security security,
            Router router,
            TrustedProxies trusted,
            ClientOptions clients,
            Duration tunnelIdle) {
        this(
                address,
                security,
                router,
                trusted,
                clients,
                new TunnelOptions(tunnelIdle, Optional.empty()),
                Admission.EVERYBODY,
                AddedFields.NONE,
                new ProxySenders.Nobody());
    }

    /** Whether a connection that the other has set up would have been set up the same by this one. */
    boolean setsUpConnectionsAs(ListenerSpec other) {
        return clients.equals(other.clients)
                && security.scheme() == other.security.scheme()
                && proxySenders.equals(other.proxySenders);
    }

    /** Whether a load balancer in front says with the PROXY protocol whose connection it passes on. */
    public sealed interface ProxySenders {
        /** No connection begins with such a header; one that does is not HTTP. */
        record Nobody() implements ProxySenders {}

        /** Every connection must come from one of these and begin with the header. */
        record These(TrustedProxies senders) implements ProxySenders {}
    }

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
        /**
         * Puts what does it at the end of the pipeline of a connection that was just accepted.
         *
         * @param plainHttp told on the event loop, at most once, that the client has begun a request without TLS: what does TLS is
         *     out of the pipeline by then, has told of no handshake, and whatever still comes is passed on as it is
         */
        void addTo(ChannelPipeline pipeline, Runnable plainHttp);
    }
}
