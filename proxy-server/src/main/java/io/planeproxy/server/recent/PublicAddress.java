package io.planeproxy.server.recent;

import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.relay.ExchangeRecord;
import java.net.URI;
import java.util.Optional;

/** Under which address users come, as a request shows it. */
final class PublicAddress {
    private PublicAddress() {}

    /** What a trusted proxy in front says counts, as it does for the upstream; nothing where the request had no Host. */
    static Optional<URI> of(ExchangeRecord exchange) {
        // Whom to trust for the client's address plays no part here.
        ForwardedIdentity seen =
                ForwardedIdentity.of(exchange.head(), exchange.facts(), TrustedProxies.NONE, exchange.id());
        return seen.host().map(host -> URI.create(seen.scheme() + "://" + host));
    }
}
