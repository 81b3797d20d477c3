/**
 * Certificates and TLS: PEM files become a {@link io.planeproxy.tls.ServerIdentity} that is proven to be one pair in
 * service, identities are chosen by name, and handlers for a channel's pipeline are made from them.
 *
 * <p>Knows Netty and Bouncy Castle (for PEM). Logs nothing: it answers, and whoever asked logs. Knows nothing of HTTP beyond "this is not TLS", of routes, of the
 * configuration file or of the command line; whoever reads those hands over paths and durations.
 */
@NullMarked
package io.planeproxy.tls;

import org.jspecify.annotations.NullMarked;
