package io.planeproxy.core.kit;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** File descriptors as another process would hand them over. Linux only. */
public final class Descriptors {
    private static final int F_SETFL = 4;

    private Descriptors() {}

    /** A socket that listens at any free port of the loopback and blocks, as systemd hands them over. */
    public static int listening() {
        try {
            Socket socket = Socket.newSocketStream();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.listen(64);
            int number = socket.intValue();
            call(
                    "fcntl",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                    2,
                    number,
                    F_SETFL,
                    0);
            return number;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static InetSocketAddress addressOf(int descriptor) {
        return new Socket(descriptor).localAddress();
    }

    /** Further descriptors of the same sockets, as another process has them after a hand-over. */
    public static List<Integer> duplicates(List<Integer> descriptors) {
        List<Integer> copies = new ArrayList<>();
        for (int descriptor : descriptors) {
            copies.add(call("dup", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), 1, descriptor));
        }
        return copies;
    }

    @SuppressWarnings("restricted")
    private static int call(String name, FunctionDescriptor types, int fixedArguments, Object... arguments) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options = fixedArguments < arguments.length
                ? new Linker.Option[] {Linker.Option.firstVariadicArg(fixedArguments)}
                : new Linker.Option[0];
        try {
            int result = (int) linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options)
                    .invokeWithArguments(arguments);
            if (result < 0) {
                throw new AssertionError(name + " failed");
            }
            return result;
        } catch (Throwable failure) {
            throw new AssertionError(name + " cannot be called", failure);
        }
    }
}
