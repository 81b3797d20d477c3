package io.planeproxy.core.h1;

import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Reception;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.route.HttpsRedirect;
import io.planeproxy.core.route.Upstream;
import java.net.InetAddress;

/** A reception that answers every request itself, with a redirect, so that no upstream is needed. */
final class Redirecting {
    static final ClientFacts CLIENT =
            ClientFacts.of(InetAddress.ofLiteral("192.0.2.7"), Scheme.HTTP, 80, TrustedProxies.NONE);

    private Redirecting() {}

    static Reception reception(Journal journal) {
        return Reception.of(
                CLIENT,
                new Dispatcher(
                        new HttpsRedirect(443, "plane.example"),
                        TrustedProxies.NONE,
                        new NoUpstreams(),
                        switched -> {
                            throw new AssertionError("a tunnel");
                        },
                        journal));
    }

    private static final class NoUpstreams implements UpstreamSource {
        @Override
        public Claim lease(Upstream upstream, Freshness freshness, Taker taker) {
            throw new AssertionError("a request that is answered here");
        }

        @Override
        public Claim hold(Upstream upstream, Stay stay, Taker taker) {
            throw new AssertionError("a request that is answered here");
        }
    }
}
