package io.planeproxy.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.EngineOptions;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.route.RouteTable;
import io.planeproxy.core.upstream.UpstreamOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A WebSocket through the whole engine on the loopback: one frame there and back, and the next when it has come. Mostly the
 * system's sockets and the waking of three threads; {@code direct} is the same without the proxy, so the difference is the proxy's.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
@State(Scope.Thread)
public class EchoBenchmark {
    private static final EngineOptions OPTIONS = new EngineOptions(1, UpstreamOptions.DEFAULT, EchoBenchmark::noTls);

    /** Bytes of payload. */
    @Param({"128", "16384"})
    public int payload;

    /** What the client connects to. */
    @Param
    public Way way = Way.PROXY;

    /** Which way a frame takes. */
    public enum Way {
        DIRECT,
        PROXY
    }

    private byte[] frame = {};
    private byte[] echoed = {};
    private @Nullable Running running;

    private record Running(EchoUpstream upstream, Engine engine, Socket socket, OutputStream out, DataInputStream in) {}

    @Setup
    public void connect() throws IOException {
        frame = Frames.masked(payload);
        echoed = new byte[frame.length];
        EchoUpstream upstream = EchoUpstream.start();
        Engine engine = Engine.start(OPTIONS, new QuietJournal());
        InetSocketAddress address = switch (way) {
            case DIRECT -> upstream.address();
            case PROXY -> listenInFrontOf(upstream, engine).address();
        };
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        running = new Running(
                upstream, engine, socket, socket.getOutputStream(), new DataInputStream(socket.getInputStream()));
        socket.getOutputStream().write(Samples.upgradeRequest());
        Heads.read(socket.getInputStream());
    }

    private static Listener listenInFrontOf(EchoUpstream upstream, Engine engine) throws IOException {
        InetSocketAddress address = upstream.address();
        ListenerSpec spec = new ListenerSpec(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ListenerSpec.Security.Plain(),
                new RouteTable(
                        List.of(), Samples.route("/", address.getAddress().getHostAddress(), address.getPort())),
                TrustedProxies.NONE,
                ClientOptions.DEFAULT,
                Duration.ofHours(1));
        return engine.apply(OPTIONS, List.of(spec)).getFirst();
    }

    private static SslHandler noTls(ByteBufAllocator allocator, String host, int port) {
        throw new IllegalStateException("no upstream here speaks TLS");
    }

    @Benchmark
    public byte[] thereAndBack() throws IOException {
        Running open = Objects.requireNonNull(running);
        open.out.write(frame);
        open.in.readFully(echoed);
        return echoed;
    }

    @TearDown
    public void disconnect() throws IOException {
        Running open = Objects.requireNonNull(running);
        open.socket.close();
        open.engine.close();
        open.upstream.close();
    }
}
