package io.planeproxy.core.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.h1.UpstreamConnection;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.UnsentLimit;
import io.planeproxy.core.route.Upstream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.List;

/** Opens connections: resolves the name, then tries its addresses in turn within one deadline. */
final class Connector {
    private final EventLoop loop;
    private final Resolver resolver;
    private final Class<? extends Channel> socketChannel;
    private final Journal journal;
    private UpstreamTlsHandlers tls;
    private UpstreamOptions options;

    Connector(
            EventLoop loop,
            Resolver resolver,
            Class<? extends Channel> socketChannel,
            UpstreamTlsHandlers tls,
            UpstreamOptions options,
            Journal journal) {
        this.loop = loop;
        this.resolver = resolver;
        this.socketChannel = socketChannel;
        this.tls = tls;
        this.options = options;
        this.journal = journal;
    }

    /** For what is done from now on. */
    void reconfigure(UpstreamOptions next, UpstreamTlsHandlers nextTls) {
        options = next;
        tls = nextTls;
    }

    /** Who hears how it went; told once, on the event loop. */
    interface Result {
        void connected(UpstreamConnection connection);

        void failed(Refusal refusal);
    }

    void connect(Upstream upstream, UpstreamConnection.Home home, Result taker) {
        Told result = new Told(upstream, taker);
        Callbacks callbacks = new Callbacks(loop, result::fault);
        long deadline = System.nanoTime() + options.connectTimeout().toNanos();
        resolver.resolve(upstream.host()).whenComplete((addresses, failure) -> {
            if (failure != null) {
                callbacks.onLoop(() -> result.failed(new Refusal(
                        Cause.UPSTREAM_UNRESOLVED,
                        "the name \"" + upstream.host() + "\" of " + upstream + " does not resolve")));
            } else {
                callbacks.onLoop(
                        () -> new Attempt(upstream, addresses, deadline, home, result, callbacks).tryAddress(0));
            }
        });
    }

    /** Tells how it went to who counts as well, and tells it for certain. */
    private final class Told implements Result {
        private final Upstream upstream;
        private final Result taker;
        private boolean told;

        Told(Upstream upstream, Result taker) {
            this.upstream = upstream;
            this.taker = taker;
        }

        @Override
        public void connected(UpstreamConnection connection) {
            if (told) {
                connection.discard();
                return;
            }
            told = true;
            taker.connected(connection);
            journal.upstreamConnected(upstream);
        }

        @Override
        public void failed(Refusal refusal) {
            if (told) {
                return;
            }
            told = true;
            taker.failed(refusal);
            journal.upstreamConnectFailed(upstream, refusal);
        }

        void fault(Throwable fault) {
            journal.bug("connecting to " + upstream, fault);
            failed(new Refusal(Cause.INTERNAL, "a fault in the proxy"));
        }
    }

    /** One connect over all addresses of a name. */
    private final class Attempt {
        private final Upstream upstream;
        private final List<InetAddress> addresses;
        private final long deadline;
        private final UpstreamConnection.Home home;
        private final Told result;
        private final Callbacks callbacks;

        Attempt(
                Upstream upstream,
                List<InetAddress> addresses,
                long deadline,
                UpstreamConnection.Home home,
                Told result,
                Callbacks callbacks) {
            this.upstream = upstream;
            this.addresses = addresses;
            this.deadline = deadline;
            this.home = home;
            this.result = result;
            this.callbacks = callbacks;
        }

        void tryAddress(int index) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                result.failed(timedOut());
                return;
            }
            // Each address gets its share of what is left, so that one that swallows packets can not use up all of it.
            Duration share = Duration.ofNanos(left / (addresses.size() - index));
            UpstreamConnection connection = new UpstreamConnection(upstream, home, journal);
            InetSocketAddress address = new InetSocketAddress(addresses.get(index), upstream.port());
            ChannelFuture connecting = new Bootstrap()
                    .group(loop)
                    .channel(socketChannel)
                    .option(ChannelOption.AUTO_READ, false)
                    // A failed write must not close the way on which the upstream's last words come.
                    .option(ChannelOption.AUTO_CLOSE, false)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, share.toMillis()))
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            UnsentLimit.set(channel);
                            if (upstream.scheme() == Scheme.HTTPS) {
                                channel.pipeline()
                                        .addLast(tls.newHandler(channel.alloc(), upstream.host(), upstream.port()));
                            }
                            channel.pipeline().addLast(connection);
                        }

                        /** Netty would say so only in its log. */
                        @Override
                        public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
                            result.fault(fault);
                            context.close();
                        }
                    })
                    .connect(address);
            // Where not even a socket can be had, it is told on a thread of Netty's.
            callbacks.when(connecting, () -> {
                if (connecting.isSuccess()) {
                    afterConnect(connection);
                } else if (index + 1 < addresses.size()) {
                    tryAddress(index + 1);
                } else {
                    result.failed(refusal(connecting.cause(), address));
                }
            });
        }

        private void afterConnect(UpstreamConnection connection) {
            SslHandler handshaking = connection.channel().pipeline().get(SslHandler.class);
            if (handshaking == null) {
                result.connected(connection);
                return;
            }
            Future<Channel> done = handshaking.handshakeFuture();
            callbacks.when(done, () -> {
                if (done.isSuccess()) {
                    result.connected(connection);
                } else {
                    connection.discard();
                    result.failed(new Refusal(
                            Cause.UPSTREAM_TLS_FAILED,
                            upstream + ": " + HandshakeFault.describe(done.cause(), upstream.host())));
                }
            });
        }

        private Refusal refusal(Throwable cause, InetSocketAddress tried) {
            if (cause instanceof io.netty.channel.ConnectTimeoutException) {
                return timedOut();
            }
            if (cause instanceof ConnectException
                    && String.valueOf(cause.getMessage()).contains("refused")) {
                return new Refusal(Cause.UPSTREAM_REFUSED, upstream + " refuses connections");
            }
            if (cause instanceof ChannelException) {
                return new Refusal(
                        Cause.NO_SOCKET_LEFT, upstream + ": " + rootOf(cause).getMessage());
            }
            return new Refusal(Cause.UPSTREAM_UNREACHABLE, upstream + ": " + words(cause, tried));
        }

        /**
         * The system's own: Netty names a function before them, and behind them what the upstream's name leads to, which is no
         * client's concern. Its epoll has no words for a route that is missing.
         */
        private static String words(Throwable cause, InetSocketAddress tried) {
            if (cause instanceof NoRouteToHostException) {
                return "no route leads to it";
            }
            return String.valueOf(cause.getMessage()).replace(": " + tried, "").replaceFirst("^\\S+ failed[^:]*: ", "");
        }

        private static Throwable rootOf(Throwable fault) {
            Throwable root = fault;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return root;
        }

        private Refusal timedOut() {
            return new Refusal(
                    Cause.CONNECT_TIMEOUT,
                    upstream + " did not accept a connection within " + options.connectTimeout());
        }
    }
}
