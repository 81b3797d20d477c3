package io.planeproxy.core.engine;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.HangUps;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Netty's io_uring, save for what it asks the kernel, in three points:
 *
 * <ul>
 *   <li>The end of what a peer sends is noticed where it stands, by reading up to it. Told of it beforehand (POLLRDHUP), Netty reads
 *       all that lies before it at once, however full the other side is: some MiB for each connection.
 *   <li>Whether there is something to read is asked anew for each read. Asked once and for all (multishot), the kernel tells of what
 *       comes, but not of an end that came before the last read.
 *   <li>Connections are accepted one by one, with their peer's address. Accepted in one go (multishot), they come without, and who
 *       has left already has none to be asked for.
 * </ul>
 */
final class OrderlyIoUring implements OrderlyHandler.Order {
    /** What can lie there to be told, 16 bytes each. A thousand clients that leave at once are some thousand; Netty warns where it is full. */
    private static final int TOLD_AT_ONCE = 32 * 1024;

    /** What Netty takes for a request that was not made. */
    private static final long NOT_ASKED = 0;

    // Netty reads these once, when its class for io_uring is first used.
    static {
        unlessSaid("io.netty.iouring.pollAddMultishotEnabled");
        unlessSaid("io.netty.iouring.acceptMultiShotEnabled");
    }

    private OrderlyIoUring() {}

    private static void unlessSaid(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "false");
        }
    }

    static @Nullable Throwable unavailabilityCause() {
        return IoUring.unavailabilityCause();
    }

    static IoHandlerFactory newFactory() {
        return OrderlyHandler.newFactory(IoUringIoHandler.newFactory(config()), new OrderlyIoUring());
    }

    private static IoUringIoHandlerConfig config() {
        return new IoUringIoHandlerConfig().setCqSize(TOLD_AT_ONCE);
    }

    @Override
    public long submit(IoRegistration registration, IoOps asked) {
        return HangUps.areAskedForBy(asked) ? NOT_ASKED : registration.submit(asked);
    }

    @Override
    public IoHandle heard(IoHandle handle) {
        return HangUps.unheardBy(handle);
    }
}
