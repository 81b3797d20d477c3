package io.netty.channel.uring;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;

/**
 * What the kernel tells of a peer's end (POLLRDHUP), apart from everything else. It stands in Netty's package since what an operation
 * is made of can be seen nowhere else.
 */
public final class HangUps {
    private HangUps() {}

    /** Whether that asks to be told of the peer's end, and of nothing else. */
    public static boolean areAskedForBy(IoOps ops) {
        return ops instanceof IoUringIoOps ring
                && ring.opcode() == Native.IORING_OP_POLL_ADD
                && ring.union3() == Native.POLLRDHUP;
    }

    /** The same, save that it does not hear of the peer's end, which the kernel tells whoever asks for anything. */
    public static IoHandle unheardBy(IoHandle handle) {
        return new Deaf(handle);
    }

    private record Deaf(IoHandle handle) implements IoUringIoHandle {
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            handle.handle(
                    registration, event instanceof IoUringIoEvent told && tellsOfEnd(told) ? without(told) : event);
        }

        private static boolean tellsOfEnd(IoUringIoEvent told) {
            return told.opcode() == Native.IORING_OP_POLL_ADD && told.res() > 0 && (told.res() & Native.POLLRDHUP) != 0;
        }

        private static IoUringIoEvent without(IoUringIoEvent told) {
            return new IoUringIoEvent(told.res() & ~Native.POLLRDHUP, told.flags(), told.opcode(), told.userData());
        }

        @Override
        public void registered() {
            handle.registered();
        }

        @Override
        public void unregistered() {
            handle.unregistered();
        }

        @Override
        public void close() throws Exception {
            handle.close();
        }
    }
}
