package io.planeproxy.server;

import io.netty.buffer.ByteBufUtil;
import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.server.accesslog.AccessLog;
import io.planeproxy.server.admin.AdminEndpoint;
import io.planeproxy.server.admin.AdminPages;
import io.planeproxy.server.metrics.Metrics;
import io.planeproxy.server.pages.TraceEndPage;
import io.planeproxy.server.pages.TraceLendPage;
import io.planeproxy.server.pages.TraceNotedPage;
import io.planeproxy.server.pages.TracePaths;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The whole proxy in this process, from the text of a configuration on: what an operator gets. Listens on the loopback for
 * http and for https.
 */
public final class AssembledProxy implements ProxyUnderTest {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + " leaked: " + records));
    }

    private final AccessLog journal;
    private final Lasting lasting = new Lasting();
    private final Metrics metrics = new Metrics("test");
    private final Proxy proxy;
    private Optional<AdminEndpoint> admin = Optional.empty();

    private AssembledProxy(String text) {
        Generation first = generation(text);
        journal = new AccessLog(first.settings().accessLog(), InstantSource.system());
        try {
            proxy = Proxy.start(first, lasting, new Journals(List.of(journal, metrics)));
        } catch (ListenFailure failure) {
            throw new AssertionError(failure.sentence(), failure);
        }
        metrics.watchEngine(proxy::figures, proxy::heldExchanges);
    }

    /** Puts this whole text into service instead. */
    public void reload(String text) {
        try {
            proxy.replace(generation(text), InheritedSockets.none());
        } catch (ListenFailure failure) {
            throw new AssertionError(failure.sentence(), failure);
        }
    }

    /** Takes orders that concern traces at this socket, until it is closed. */
    public void takeOrdersAt(Path socket) throws IOException {
        TracePaths lent = new LentPaths(lasting.traces());
        admin = Optional.of(AdminEndpoint.of(
                new AdminPages(List.of(new TraceLendPage(lent), new TraceNotedPage(lent), new TraceEndPage(lent)))));
        admin.get().open(socket);
    }

    /** What looks at the certificates in service, whenever it is told to. */
    CertificateWatch watch() {
        return new CertificateWatch(proxy::generation, InstantSource.system());
    }

    private Generation generation(String text) {
        return switch (Generation.load(Sources.ofText("test.conf", text), lasting, Instant.now())) {
            case Generation.Load.Good(Generation generation) -> generation;
            case Generation.Load.Bad(var problems) -> throw new AssertionError(problems.toString());
            case Generation.Load.Unfit(String sentence) -> throw new AssertionError(sentence);
        };
    }

    /** With every default. */
    public static AssembledProxy inFrontOf(InetSocketAddress upstream, PemFiles identity) {
        return inFrontOf(upstream, identity, "");
    }

    /** @param more further lines of the configuration */
    public static AssembledProxy inFrontOf(InetSocketAddress upstream, PemFiles identity, String more) {
        return new AssembledProxy(text(upstream, identity, more));
    }

    /** The configuration that {@link #inFrontOf} starts with. */
    public static String text(InetSocketAddress upstream, PemFiles identity, String more) {
        return """
                plane-proxy {
                  upstream = "http://%s:%d"
                  listeners = [
                    { address = "127.0.0.1", port = 0 }
                    { address = "127.0.0.1", port = 0, tls { certificate = "%s", key = "%s" } }
                  ]
                  %s
                }
                """.formatted(
                        upstream.getAddress().getHostAddress(),
                        upstream.getPort(),
                        identity.certificate(),
                        identity.key(),
                        more);
    }

    /** From this whole text. */
    public static AssembledProxy of(String text) {
        return new AssembledProxy(text);
    }

    /** What was counted, and what there is now. */
    public Metrics metrics() {
        return metrics;
    }

    /** What there is on each event loop now. */
    public List<LoopFigures> figures() {
        return proxy.figures().stream().map(CompletableFuture::join).toList();
    }

    @Override
    public InetSocketAddress plain() {
        return proxy.listening().getFirst().address();
    }

    @Override
    public Optional<InetSocketAddress> tls() {
        return Optional.of(secure());
    }

    /** Where it serves https, by a name that the certificate must have. */
    public URI https() {
        return URI.create("https://localhost:" + secure().getPort());
    }

    private InetSocketAddress secure() {
        return proxy.listening().getLast().address();
    }

    @Override
    public void close() {
        admin.ifPresent(AdminEndpoint::close);
        proxy.close();
        if (journal.bugs() > 0) {
            throw new AssertionError(journal.bugs() + " faults of our own; their stacks are in the log above");
        }
        if (!LEAKS.isEmpty()) {
            throw new AssertionError(LEAKS.toString());
        }
    }
}
