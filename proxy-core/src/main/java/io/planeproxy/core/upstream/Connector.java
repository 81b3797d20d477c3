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
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.UnsentLimit;
import io.planeproxy.core.route.Upstream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        new Attempt(upstream, options.connectTimeout(), home, result, callbacks).begin();
    }

    /** Tells how it went to who counts as well, and tells it for certain. */
    private final class Told implements Result {
        private final Upstream upstream;
        private final Result taker;
        private Runnable whenTold = () -> {};
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
            whenTold.run();
            taker.connected(connection);
            journal.upstreamConnected(upstream);
        }

        @Override
        public void failed(Refusal refusal) {
            if (told) {
                return;
            }
            told = true;
            whenTold.run();
            taker.failed(refusal);
            journal.upstreamConnectFailed(upstream, refusal);
        }

        void fault(Throwable fault) {
            journal.bug("connecting to " + upstream, fault);
            failed(new Refusal(Cause.INTERNAL, "a fault in the proxy"));
        }
    }

    /** One connect: a name is looked up and its addresses are tried, all within one limit. */
    private final class Attempt {
        private final Upstream upstream;
        private final Duration limit;
        private final long deadline;
        private final UpstreamConnection.Home home;
        private final Told result;
        private final Callbacks callbacks;
        private List<InetAddress> addresses = List.of();
        private @Nullable Channel trying;

        Attempt(Upstream upstream, Duration limit, UpstreamConnection.Home home, Told result, Callbacks callbacks) {
            this.upstream = upstream;
            this.limit = limit;
            this.deadline = System.nanoTime() + limit.toNanos();
            this.home = home;
            this.result = result;
            this.callbacks = callbacks;
        }

        void begin() {
            Deadline alarm = new Deadline(callbacks, this::giveUp);
            alarm.set(limit);
            result.whenTold = alarm::cancel;
            resolver.resolve(upstream.host())
                    .whenComplete((found, failure) -> callbacks.onLoop(() -> {
                        if (failure != null) {
                            result.failed(unresolved("does not resolve"));
                        } else {
                            addresses = found;
                            tryAddress(0);
                        }
                    }));
        }

        private void giveUp() {
            if (trying == null) {
                result.failed(unresolved("did not resolve within " + limit));
            } else {
                result.failed(trying.isActive() ? handshakeTimedOut() : timedOut());
                trying.close();
            }
        }

        private Refusal handshakeTimedOut() {
            return new Refusal(
                    Cause.UPSTREAM_TLS_FAILED, upstream + ": the TLS handshake was not done within " + limit);
        }

        private Refusal unresolved(String why) {
            return new Refusal(
                    Cause.UPSTREAM_UNRESOLVED, "the name \"" + upstream.host() + "\" of " + upstream + " " + why);
        }

        private void tryAddress(int index) {
            if (result.told) {
                return;
            }
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
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, shareMillis(index))
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
            trying = connecting.channel();
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

        /**
         * Each address gets its share of what is left, so that one that swallows packets can not use up all of it; 0, for none
         * of its own, where it is all of it.
         */
        private int shareMillis(int index) {
            int others = addresses.size() - index - 1;
            long left = (deadline - System.nanoTime()) / 1_000_000;
            return others == 0 ? 0 : (int) Math.max(1, left / (others + 1));
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
            return new Refusal(Cause.CONNECT_TIMEOUT, upstream + " did not accept a connection within " + limit);
        }
    }
}
