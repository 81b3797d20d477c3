package io.planeproxy.core.upstream;

import io.planeproxy.core.http.IpLiterals;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The machine's own resolver, so that hosts files and container names work as everywhere else. It blocks, so it runs on
 * threads of its own, and those who ask for the same name at the same time share one look-up.
 */
public final class SystemResolver implements Resolver, AutoCloseable {
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("resolver-", 0).factory());
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        return IpLiterals.parse(host)
                .<CompletionStage<List<InetAddress>>>map(address -> CompletableFuture.completedFuture(List.of(address)))
                .orElseGet(() -> lookUp(host));
    }

    private CompletionStage<List<InetAddress>> lookUp(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return others;
        }
        threads.execute(() -> {
            try {
                List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
                underWay.remove(host, mine);
                mine.complete(addresses);
            } catch (Exception failure) {
                underWay.remove(host, mine);
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
