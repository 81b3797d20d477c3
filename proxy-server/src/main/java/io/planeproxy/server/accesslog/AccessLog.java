package io.planeproxy.server.accesslog;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.settings.AccessLogFormat;
import io.planeproxy.tls.HandshakeFailure;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the engine tells: one access line for each exchange, tunnel and refusal; upstreams that give no answer and faults of our
 * own in the log of the program.
 */
public final class AccessLog implements Journal {
    private static final Logger ACCESS = LoggerFactory.getLogger("plane-proxy.access");
    private static final Logger PROGRAM = LoggerFactory.getLogger(AccessLog.class);

    private final InstantSource clock;
    private final UpstreamNews upstreams;
    private final LongAdder bugs = new LongAdder();
    private final AtomicBoolean saidLeftOut = new AtomicBoolean();
    private volatile LineFormat format;

    public AccessLog(AccessLogFormat format, InstantSource clock) {
        this.clock = clock;
        this.upstreams = new UpstreamNews(clock);
        this.format = LineFormat.of(format, ZoneId.systemDefault());
    }

    /** Another format from now on. */
    public void use(AccessLogFormat next) {
        format = LineFormat.of(next, ZoneId.systemDefault());
    }

    @Override
    public void exchangeEnded(ExchangeRecord exchange) {
        if (isWritten()) {
            write(Entry.of(exchange, clock.instant()));
        }
        upstreams.ended(exchange);
    }

    @Override
    public void upstreamConnectFailed(Upstream upstream, Refusal refusal) {
        upstreams.connectFailed(upstream, refusal);
    }

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {
        if (isWritten()) {
            write(Entry.of(tunnel, clock.instant()));
        }
    }

    @Override
    public void requestRefused(ClientFacts client, RequestId id, Refusal refusal) {
        if (isWritten()) {
            write(Entry.of(client, id, refusal, clock.instant()));
        }
    }

    private boolean isWritten() {
        return format != LineFormat.NONE && ACCESS.isInfoEnabled();
    }

    private void write(Entry entry) {
        format.line(entry).ifPresent(line -> ACCESS.info("{}", line));
    }

    /** The internet is full of them, so they are told only to who asks. */
    @Override
    public void handshakeFailed(ClientFacts client, Throwable cause) {
        if (PROGRAM.isDebugEnabled()) {
            PROGRAM.debug("{}: {}", client.peerText(), HandshakeFailure.describe(cause));
        }
    }

    /** Once: who sends such a field sends it with each request. */
    @Override
    public void fieldLeftOut(ClientFacts client, String name) {
        if (PROGRAM.isDebugEnabled() && saidLeftOut.compareAndSet(false, true)) {
            PROGRAM.debug(
                    "{} sent the field {}, which is not passed on, since an upstream may take its _ for a -; where Plane needs it,"
                            + " send it with a -. Others like it are left out without a word",
                    client.peerText(),
                    Shown.of(name));
        }
    }

    @Override
    public void tunnelMalformed(ClientFacts client, String seen) {
        PROGRAM.info(
                "the WebSocket of {} goes on unobserved: what passes is none, from the {}", client.peerText(), seen);
    }

    @Override
    public void bug(String during, Throwable fault) {
        bugs.increment();
        PROGRAM.error("a fault of plane-proxy itself ended this: {}; please report it", during, fault);
    }

    /** Faults of our own so far. */
    public long bugs() {
        return bugs.sum();
    }
}
