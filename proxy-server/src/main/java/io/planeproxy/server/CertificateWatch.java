package io.planeproxy.server;

import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.tls.ServerIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the files of the certificates in service have become others, and then serves the new pair. A pair
 * that is not fit is told once, and the old one stays in service.
 *
 * <p>It looks at what stands behind symbolic links, so that it sees certbot and Kubernetes exchange them. A file that changes
 * between two looks may still be being written, so it is read only when it has stood still from one look to the next.
 */
final class CertificateWatch implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy.certificates");

    private final Supplier<Generation> inService;
    private final InstantSource clock;
    private final Map<IdentitySettings, Watched> watched = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Generation known;

    CertificateWatch(Supplier<Generation> inService, InstantSource clock) {
        this.inService = inService;
        this.clock = clock;
    }

    /** One identity: how its files looked when they were read, and at the last look. */
    private static final class Watched {
        private List<FileStamp> read;
        private List<FileStamp> seen;
        private List<String> faults = List.of();

        Watched(List<FileStamp> read) {
            this.read = read;
            this.seen = read;
        }
    }

    /** Looks from now on, on a thread of its own. */
    CertificateWatch start(Duration period) {
        Thread.ofVirtual().name("certificate-watch").start(() -> lookEach(period));
        return this;
    }

    private void lookEach(Duration period) {
        try {
            while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.error(
                    "certificates are not watched any more because of a fault of the program; please report it", fault);
        }
    }

    /** Looks once at each identity in service. One call at a time. */
    synchronized void look() {
        Generation now = inService.get();
        if (now != known) {
            known = now;
            watched.clear();
            now.files().forEach((which, stamps) -> watched.put(which, new Watched(stamps)));
        }
        watched.forEach((which, state) -> look(now, which, state));
    }

    private void look(Generation generation, IdentitySettings which, Watched state) {
        List<FileStamp> stamps = Generation.stamps(which);
        boolean stoodStill = stamps.equals(state.seen);
        state.seen = stamps;
        if (stoodStill && !stamps.equals(state.read)) {
            state.read = stamps;
            switch (Certificates.read(which, clock.instant())) {
                case Certificates.Pair.Good(ServerIdentity renewed, List<Problem> hints) -> {
                    hints.forEach(hint -> LOG.warn("{}", hint.text()));
                    serve(generation, which, renewed, state);
                }
                case Certificates.Pair.Bad(List<Problem> problems) ->
                    refuse(state, problems.stream().map(Problem::text).toList());
            }
        }
    }

    private static void serve(Generation generation, IdentitySettings which, ServerIdentity renewed, Watched state) {
        try {
            generation.renew(which, renewed);
            String before = state.faults.isEmpty() ? "" : "is good again; ";
            state.faults = List.of();
            LOG.info(
                    "{}: {}in service without a reload: certificate of {} until {}",
                    which.certificate().value(),
                    before,
                    renewed.names(),
                    renewed.notAfter());
        } catch (IllegalStateException unfit) {
            refuse(state, List.of(which.certificate().value() + ": " + unfit.getMessage()));
        }
    }

    private static void refuse(Watched state, List<String> faults) {
        if (!faults.equals(state.faults)) {
            faults.forEach(fault -> LOG.warn("{}; the certificate before stays in service", fault));
            state.faults = faults;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
