package io.planeproxy.server.pages;

import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.metrics.CertificateFigure;
import io.planeproxy.server.recent.ClosedSocket;
import io.planeproxy.server.recent.Failure;
import io.planeproxy.server.recent.UpstreamSight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is to see of a proxy at one moment.
 *
 * @param now that moment
 * @param version of the program
 * @param sockets the tunnels that are open; nothing where an event loop does not answer in time
 * @param closes the latest first
 * @param failures the latest first
 * @param held handshakes and other requests that wait for an upstream that is away
 * @param certificates those in service
 * @param listening a line for each listener
 * @param bugs faults of our own since the start
 * @param address under which users come, as far as it can be told
 */
public record Status(
        Instant now,
        String version,
        Optional<List<TunnelSnapshot>> sockets,
        List<ClosedSocket> closes,
        List<Failure> failures,
        List<Behind> upstreams,
        int held,
        List<CertificateFigure> certificates,
        Tenure tenure,
        List<String> listening,
        long bugs,
        Optional<String> address) {

    /**
     * An upstream.
     *
     * @param idle connections that wait for an exchange
     * @param used connections that an exchange uses, or that are being made
     */
    public record Behind(Upstream upstream, UpstreamSight sight, int idle, int used) {}
}
