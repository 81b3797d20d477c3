package io.planeproxy.server;

import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.core.upstream.PoolFigures;
import io.planeproxy.server.metrics.CertificateFigure;
import io.planeproxy.server.pages.Status;
import io.planeproxy.server.pages.Tenure;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Looks at what a status page shows. Waits for event loops, so it is not to be asked on one. */
final class StatusReader {
    private static final Duration LOOPS_ANSWER_WITHIN = Duration.ofSeconds(1);

    private final Proxy proxy;
    private final Witnesses witnesses;
    private final Supplier<Tenure> tenure;
    private final String version;
    private final InstantSource clock;

    StatusReader(Proxy proxy, Witnesses witnesses, Supplier<Tenure> tenure, String version, InstantSource clock) {
        this.proxy = proxy;
        this.witnesses = witnesses;
        this.tenure = tenure;
        this.version = version;
        this.clock = clock;
    }

    Status read() {
        Generation generation = proxy.generation();
        List<CertificateFigure> certificates = generation.certificates();
        return new Status(
                clock.instant(),
                version,
                answer(proxy::openTunnels),
                witnesses.recent().closes(),
                witnesses.recent().failures(),
                upstreams(generation),
                proxy.heldExchanges(),
                certificates,
                tenure.get(),
                proxy.listening().stream().map(Proxy.Listening::described).toList(),
                witnesses.accessLog().bugs(),
                address(generation));
    }

    private List<Status.Behind> upstreams(Generation generation) {
        List<PoolFigures> pools =
                loops().stream().flatMap(loop -> loop.pools().stream()).toList();
        return generation.assembly().upstreams().stream()
                .map(upstream -> new Status.Behind(
                        upstream,
                        witnesses.recent().upstream(upstream),
                        sum(pools, upstream, PoolFigures::idle),
                        sum(pools, upstream, pool -> pool.leased() + pool.opening())))
                .toList();
    }

    private static int sum(List<PoolFigures> pools, Upstream upstream, ToIntFunction<PoolFigures> figure) {
        return pools.stream()
                .filter(pool -> pool.upstream().equals(upstream))
                .mapToInt(figure)
                .sum();
    }

    private List<LoopFigures> loops() {
        return answer(() -> {
                    List<CompletableFuture<LoopFigures>> asked = proxy.figures();
                    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                            .thenApply(done ->
                                    asked.stream().map(CompletableFuture::join).toList());
                })
                .orElse(List.of());
    }

    /** Nothing where it does not come in time. */
    private static <T> Optional<T> answer(Supplier<CompletableFuture<T>> asked) {
        try {
            return Optional.of(asked.get().get(LOOPS_ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException | ExecutionException | RejectedExecutionException hangs) {
            return Optional.empty();
        }
    }

    /** That of the last request, unless it goes to a name that no certificate is for: robots ask for anything. */
    private Optional<String> address(Generation generation) {
        List<String> names = generation.certifiedNames();
        Optional<URI> seen = witnesses.recent().publicAddress();
        Optional<String> trusted = seen.filter(address -> names.isEmpty()
                        || generation.isCertifiedFor(
                                Optional.ofNullable(address.getHost()).orElse("")))
                .map(URI::toString);
        return Stream.concat(trusted.stream(), names.stream().map(name -> "https://" + name))
                .findFirst();
    }
}
