package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sockets opened through a proxy to the upstream that echoes. */
public final class WebSockets implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HANDSHAKES_AT_ONCE = 50;
    private static final ClientTls TLS = new ClientTls(Sessions.FULL);

    private final LoadLoop loop;
    private final Frame frame;
    private final List<Channel> channels = new ArrayList<>();
    private final List<WebSocketClient> clients = new ArrayList<>();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private volatile boolean closing;

    private WebSockets(LoadLoop loop, Frame frame) {
        this.loop = loop;
        this.frame = frame;
    }

    /** @throws LoadFailure where one of them does not open */
    public static WebSockets open(LoadLoop loop, InetSocketAddress target, Security security, int count, int payload) {
        WebSockets sockets = new WebSockets(loop, Frame.of(payload));
        try {
            sockets.open(target, security, count);
            return sockets;
        } catch (LoadFailure failure) {
            sockets.close();
            throw failure;
        }
    }

    private void open(InetSocketAddress target, Security security, int count) {
        Semaphore pending = new Semaphore(HANDSHAKES_AT_ONCE);
        for (int i = 0; i < count; i++) {
            acquire(pending, 1);
            WebSocketClient client = new WebSocketClient(frame, pending::release, this::failed);
            clients.add(client);
            channels.add(loop.connect(target, channel -> {
                        if (security == Security.TLS) {
                            channel.pipeline().addLast(TLS.newHandler(channel));
                        }
                        channel.pipeline().addLast(client);
                    })
                    .channel());
        }
        acquire(pending, HANDSHAKES_AT_ONCE);
    }

    /** Where one has failed, all have: its place is never given back. */
    private void acquire(Semaphore pending, int places) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!pending.tryAcquire(places, 100, TimeUnit.MILLISECONDS)) {
                throwFailure();
                if (System.nanoTime() - end > 0) {
                    throw new LoadFailure("a WebSocket was not opened in " + PATIENCE);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted while WebSockets were opened");
        }
    }

    /** Each socket sends a frame, and the next when that has come back, for as long. */
    public Work echo(Duration time) {
        Latencies latencies = new Latencies();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        CountDownLatch done = new CountDownLatch(clients.size());
        loop.execute(() -> clients.forEach(client -> client.echoUntil(end, latencies, done::countDown)));
        try {
            if (!done.await(time.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LoadFailure(done.getCount() + " of " + clients.size() + " WebSockets got no frame back");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throwFailure();
        return Work.of(latencies, (System.nanoTime() - begin) / 1e9);
    }

    private void failed(String how) {
        if (!closing) {
            failure.compareAndSet(null, how);
        }
    }

    private void throwFailure() {
        String how = failure.get();
        if (how != null) {
            throw new LoadFailure("a WebSocket " + how);
        }
    }

    @Override
    public void close() {
        closing = true;
        channels.forEach(Channel::close);
        channels.forEach(channel -> channel.closeFuture().awaitUninterruptibly(PATIENCE.toMillis()));
        frame.close();
    }
}
