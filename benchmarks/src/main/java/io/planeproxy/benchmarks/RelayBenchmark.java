package io.planeproxy.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
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
 * What the tunnel itself adds to each frame: taken from one side, sent and flushed on the other. The sides are not sockets but
 * Netty's embedded channels, whose own cost, a task and a queue, is in the figure; the system's is in {@link EchoBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
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
public class RelayBenchmark {

    /** Bytes of payload. */
    @Param({"128", "16384"})
    public int payload;

    /** A WebSocket is watched by the frame observer; the bytes of any other protocol are not looked at. */
    @Param({"websocket", "other"})
    public String protocol = "websocket";

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel upstream = new EmbeddedChannel();
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;

    @Setup
    public void openTunnel() {
        byte[] octets = Frames.masked(payload);
        frame = client.alloc().directBuffer(octets.length).writeBytes(octets);
        InMemoryTunnel.open(client, upstream, protocol);
    }

    @TearDown
    public void closeTunnel() {
        frame.release();
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
    }

    /** One frame from the client to the upstream, in a turn of its own. */
    @Benchmark
    public int oneFrame() {
        client.pipeline().fireChannelRead(frame.retain());
        client.pipeline().fireChannelReadComplete();
        upstream.runPendingTasks();
        ByteBuf relayed = upstream.readOutbound();
        int bytes = relayed.readableBytes();
        relayed.release();
        return bytes;
    }
}
