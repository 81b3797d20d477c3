package io.planeproxy.server;

import io.planeproxy.server.peers.Tool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Listening sockets that stay open while programs come and go, as systemd holds those of a socket unit: a process of its own
 * holds them, and each program gets the same ones as descriptors from 3 on.
 */
public final class SocketUnit implements AutoCloseable {
    /** Until the test ends, however it does. */
    private static final String HOLD = """
            import select, socket, sys
            count, door_path = int(sys.argv[1]), sys.argv[2]
            held = [socket.create_server(("127.0.0.1", 0), backlog=4096) for _ in range(count)]
            door = socket.socket(socket.AF_UNIX)
            door.bind(door_path)
            door.listen()
            print("holding", *(each.getsockname()[1] for each in held), flush=True)
            while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
                program, _ = door.accept()
                socket.send_fds(program, [b"x"], [each.fileno() for each in held])
                program.close()
            """;

    /** Becomes the program. */
    private static final String START = """
            import os, socket, sys
            count, door_path = int(sys.argv[1]), sys.argv[2]
            door = socket.socket(socket.AF_UNIX)
            door.connect(door_path)
            _, received, _, _ = socket.recv_fds(door, 1, count)
            door.close()
            for target, number in enumerate(received, 50):
                os.dup2(number, target)
            for target in range(count):
                os.dup2(50 + target, 3 + target)
            os.closerange(3 + count, 100)
            listening = dict(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(count))
            os.execve(sys.argv[3], sys.argv[3:], os.environ | listening)
            """;

    private final ProgramProcess holder;
    private final Path door;
    private final List<Integer> ports;

    private SocketUnit(ProgramProcess holder, Path door, List<Integer> ports) {
        this.holder = holder;
        this.door = door;
        this.ports = List.copyOf(ports);
    }

    /** So many sockets, each at any free port of the loopback. */
    public static SocketUnit holding(int sockets, Path folder) throws IOException, InterruptedException {
        Path door = folder.resolve("unit.sock");
        ProgramProcess holder =
                ProgramProcess.startOther(List.of(python(), "-c", HOLD, String.valueOf(sockets), door.toString()));
        List<Integer> ports = new ArrayList<>();
        for (String port : holder.await("holding (.*)").group(1).split(" ")) {
            ports.add(Integer.valueOf(port));
        }
        return new SocketUnit(holder, door, ports);
    }

    public InetSocketAddress address(int socket) {
        return new InetSocketAddress("127.0.0.1", ports.get(socket));
    }

    public ProgramProcess start(String... arguments) throws IOException {
        return ProgramProcess.startThrough(
                List.of(python(), "-c", START, String.valueOf(ports.size()), door.toString()), arguments);
    }

    private static String python() {
        return Tool.PYTHON.path().toString();
    }

    @Override
    public void close() {
        holder.close();
    }
}
