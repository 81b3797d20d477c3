package io.planeproxy.core.engine;

import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A file descriptor that another process opened and that is proven to be a TCP socket which listens. Made fit for an event
 * loop: systemd hands over sockets that block. Linux only.
 *
 * @param bound where it listens
 */
record ListeningDescriptor(int number, InetSocketAddress bound) {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    // The numbers are those of Linux on x86-64 and arm64: fcntl.h, socket.h.
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int O_NONBLOCK = 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;

    /** @throws IOException if it is not such a socket; says what it is instead */
    static ListeningDescriptor of(int number) throws IOException {
        if (option(number, SO_ACCEPTCONN) != 1) {
            throw new IOException("file descriptor " + number
                    + " is no socket that listens; expected one for TCP, opened" + " by whoever started this process");
        }
        if (!(new Socket(number).localAddress() instanceof InetSocketAddress bound)) {
            throw new IOException(
                    "file descriptor " + number + " listens, but not at an IP address; expected one for TCP");
        }
        int flags = fcntl(number, F_GETFL, 0);
        if (flags < 0 || fcntl(number, F_SETFL, flags | O_NONBLOCK) < 0) {
            throw new IOException("file descriptor " + number + " cannot be made non-blocking");
        }
        return new ListeningDescriptor(number, bound);
    }

    /**
     * Further descriptors of the same sockets.
     *
     * @throws IOException if there may be no more open files; then there is none
     */
    static List<Integer> duplicates(List<Integer> numbers) throws IOException {
        List<Integer> duplicates = new ArrayList<>();
        for (int number : numbers) {
            int duplicate = fcntl(number, F_DUPFD_CLOEXEC, 0);
            if (duplicate < 0) {
                duplicates.forEach(ListeningDescriptor::close);
                throw new IOException("too many open files to use the listening socket that was handed over");
            }
            duplicates.add(duplicate);
        }
        return duplicates;
    }

    /** For one that nobody wants. */
    static void close(int number) {
        try {
            new FileDescriptor(number).close();
        } catch (IOException alreadyGone) {
            // It is not open, which was the aim.
        }
    }

    /** What the option says; −1 where the descriptor is no socket. */
    private static int option(int number, int name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(INT);
            MemorySegment size = arena.allocate(INT);
            size.set(INT, 0, Integer.BYTES);
            int result = (int) Calls.GETSOCKOPT.invokeExact(number, SOL_SOCKET, name, value, size);
            return result < 0 ? result : value.get(INT, 0);
        } catch (Throwable impossible) {
            throw new IllegalStateException("getsockopt cannot be called", impossible);
        }
    }

    private static int fcntl(int number, int command, int argument) {
        try {
            return (int) Calls.FCNTL.invokeExact(number, command, argument);
        } catch (Throwable impossible) {
            throw new IllegalStateException("fcntl cannot be called", impossible);
        }
    }

    /** Looked up when they are needed first, so that a machine without them can do without. */
    private static final class Calls {
        static final MethodHandle GETSOCKOPT =
                call("getsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, POINTER));
        static final MethodHandle FCNTL =
                call("fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));

        @SuppressWarnings("restricted")
        private static MethodHandle call(String name, FunctionDescriptor types, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
        }
    }
}
