package io.planeproxy.core.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A stretch of network with faults: passes TCP connections on to a server and does to the first of them what its two {@link Way}s
 * say. The connections after that one meet no fault.
 *
 * <p>It takes only about 64 KiB that it has not passed on, so that a sender soon feels that nothing gets through.
 */
public final class FaultyLink implements AutoCloseable {
    private static final int TAKEN_AHEAD = 64 * 1024;
    private static final int CONNECT_MILLIS = (int) Patience.LIMIT.toMillis();

    private final InetSocketAddress server;
    private final Way there;
    private final Way back;
    private final ServerSocket entrance;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /**
     * @param there from whoever connects to the server
     * @param back from the server to whoever connected
     */
    public static FaultyLink to(InetSocketAddress server, Way there, Way back) {
        try {
            ServerSocket entrance = new ServerSocket();
            entrance.setReceiveBufferSize(TAKEN_AHEAD);
            entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            FaultyLink link = new FaultyLink(server, there, back, entrance);
            Thread.ofVirtual().name("faulty-link").start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("no way to " + server, e);
        }
    }

    private FaultyLink(InetSocketAddress server, Way there, Way back, ServerSocket entrance) {
        this.server = server;
        this.there = there;
        this.back = back;
        this.entrance = entrance;
    }

    /** Where to connect to instead of the server itself. */
    public InetSocketAddress entrance() {
        return new InetSocketAddress(entrance.getInetAddress(), entrance.getLocalPort());
    }

    /** Strikes the first connection now, in the direction to the server. */
    public void strikeThere(Way.Fault fault) {
        lines.getFirst().there.strike(fault);
    }

    /** Strikes the first connection now, in the direction from the server. */
    public void strikeBack(Way.Fault fault) {
        lines.getFirst().back.strike(fault);
    }

    @Override
    public void close() {
        closeQuietly(entrance);
        lines.forEach(Line::close);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                Socket far = new Socket();
                far.setReceiveBufferSize(TAKEN_AHEAD);
                far.connect(server, CONNECT_MILLIS);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                boolean first = lines.isEmpty();
                Line line = new Line(near, far, first ? there : Way.CLEAR, first ? back : Way.CLEAR);
                lines.add(line);
                line.start();
            } catch (IOException closedOrGone) {
                // the loop ends when the entrance is closed
            }
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception gone) {
            // gone already
        }
    }

    /** One connection, as the two that it consists of. */
    private static final class Line {
        private final Socket near;
        private final Socket far;
        private final Stream there;
        private final Stream back;

        Line(Socket near, Socket far, Way there, Way back) {
            this.near = near;
            this.far = far;
            this.there = new Stream(near, far, there);
            this.back = new Stream(far, near, back);
        }

        void start() {
            Thread.ofVirtual().name("faulty-link-there").start(there::run);
            Thread.ofVirtual().name("faulty-link-back").start(back::run);
        }

        void close() {
            closeQuietly(near);
            closeQuietly(far);
        }
    }

    /** One direction of one connection. */
    private static final class Stream {
        private final Socket from;
        private final Socket to;
        private final Way way;
        private final Random random = new Random(7);
        private volatile boolean swallowed;

        Stream(Socket from, Socket to, Way way) {
            this.from = from;
            this.to = to;
            this.way = way;
        }

        void run() {
            byte[] buffer = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                for (long left = way.passes(); left > 0; ) {
                    int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (swallowed) {
                        return;
                    }
                    if (read < 0) {
                        endReceiver();
                        return;
                    }
                    pass(buffer, read);
                    left -= read;
                }
            } catch (IOException broken) {
                if (!from.isClosed()) {
                    strike(Way.Fault.RESET);
                }
                return;
            }
            strike(way.fault());
        }

        /** A receiver that takes nothing more tells it by the other direction. */
        private void pass(byte[] buffer, int count) {
            delay();
            try {
                OutputStream out = to.getOutputStream();
                for (int at = 0; at < count; ) {
                    int part = Math.min(way.slice(), count - at);
                    out.write(buffer, at, part);
                    at += part;
                }
            } catch (IOException receiverGone) {
                // what is sent from here on is lost
            }
        }

        private void delay() {
            Duration most = way.jitter();
            long nanos = way.latency().toNanos() + (most.isZero() ? 0 : random.nextLong(most.toNanos()));
            if (nanos > 0) {
                LockSupport.parkNanos(nanos);
            }
        }

        void strike(Way.Fault fault) {
            switch (fault) {
                case CLOSE -> {
                    closeQuietly(to);
                    closeQuietly(from);
                }
                case HALF_CLOSE -> {
                    endReceiver();
                    drain();
                }
                case RESET -> {
                    reset(to);
                    reset(from);
                }
                case BLACK_HOLE -> swallowed = true;
            }
        }

        private void endReceiver() {
            try {
                to.shutdownOutput();
            } catch (IOException gone) {
                // has ended already
            }
        }

        private void drain() {
            Thread.ofVirtual().start(() -> {
                try {
                    from.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException gone) {
                    // the sender has ended too
                }
            });
        }

        private static void reset(Socket socket) {
            try {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            } catch (IOException gone) {
                // gone already
            }
        }
    }
}
