package io.planeproxy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the event loop allocates for one exchange and for one relayed frame, with sockets and all. Time differs from run to run,
 * allocation hardly: the JVM of this test has no compiler that could do away with objects, so that each of them counts.
 *
 * <p>Who needs more says why, and raises the budget in the same commit; who needs less lowers it.
 */
final class AllocationBudgetTest {
    private static final int WARM_UP = 1000;
    private static final int BATCHES = 10;
    private static final int BATCH = 300;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes on the heap for each operation, rounded up by a few per cent; large frames come in as many pieces as the system likes. */
    enum Budget {
        EXCHANGE(Way.PLAIN, Operation.EXCHANGE, 6_050),
        EXCHANGE_OVER_TLS(Way.TLS, Operation.EXCHANGE, 6_450),
        SMALL_FRAME(Way.PLAIN, Operation.SMALL_FRAME, 40),
        SMALL_FRAME_OVER_TLS(Way.TLS, Operation.SMALL_FRAME, 250),
        LARGE_FRAME(Way.PLAIN, Operation.LARGE_FRAME, 100),
        LARGE_FRAME_OVER_TLS(Way.TLS, Operation.LARGE_FRAME, 700);

        private final Way way;
        private final Operation operation;
        private final long bytes;

        Budget(Way way, Operation operation, long bytes) {
            this.way = way;
            this.operation = operation;
            this.bytes = bytes;
        }
    }

    private enum Operation {
        /** A browser's request and a small reply. */
        EXCHANGE(1),
        /** 128 bytes, relayed twice: there and back. */
        SMALL_FRAME(2),
        /** 16 KiB, the same. */
        LARGE_FRAME(2);

        private final int relays;

        Operation(int relays) {
            this.relays = relays;
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysWithin(Budget budget) throws IOException {
        try (ProxyInFront proxy = ProxyInFront.start(budget.way)) {
            Step step = step(proxy, budget.operation);
            repeat(step, WARM_UP);
            long loop = proxy.loopThread();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < BATCHES; i++) {
                long before = THREADS.getThreadAllocatedBytes(loop);
                repeat(step, BATCH);
                least = Math.min(least, THREADS.getThreadAllocatedBytes(loop) - before);
            }
            long each = least / BATCH / budget.operation.relays;
            System.out.println(budget + ": " + each + " bytes of " + budget.bytes);
            assertTrue(
                    each <= budget.bytes,
                    budget + " takes " + each + " bytes on the heap, expected at most " + budget.bytes
                            + "; see what allocates with: java -jar benchmarks/target/benchmarks.jar -prof gc, or raise the budget"
                            + " and say why");
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void repeat(Step step, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            step.run();
        }
    }

    private static Step step(ProxyInFront proxy, Operation operation) throws IOException {
        return switch (operation) {
            case EXCHANGE -> exchange(proxy);
            case SMALL_FRAME -> frame(proxy, 128);
            case LARGE_FRAME -> frame(proxy, 16 * 1024);
        };
    }

    private static Step exchange(ProxyInFront proxy) {
        byte[] request = Samples.apiRequest();
        byte[] body = new byte[ReplyingUpstream.BODY.length];
        DataInputStream in = proxy.in();
        return () -> {
            proxy.out().write(request);
            Heads.read(in);
            in.readFully(body);
        };
    }

    private static Step frame(ProxyInFront proxy, int payload) throws IOException {
        byte[] frame = Frames.masked(payload);
        byte[] echoed = new byte[frame.length];
        DataInputStream in = proxy.in();
        proxy.out().write(Samples.upgradeRequest());
        Heads.read(in);
        return () -> {
            proxy.out().write(frame);
            in.readFully(echoed);
        };
    }
}
