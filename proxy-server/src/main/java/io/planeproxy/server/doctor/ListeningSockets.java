package io.planeproxy.server.doctor;

import io.planeproxy.tls.PosixUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Who listens on a TCP port of this machine, as Linux tells it (proc_net_tcp(5)). */
final class ListeningSockets {
    private static final String LISTENS = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int WORD = 4;

    private final Machine machine;

    ListeningSockets(Machine machine) {
        this.machine = machine;
    }

    /**
     * A socket that listens.
     *
     * @param pid nothing where this user may not see whose it is
     */
    record Holder(InetAddress address, int port, OptionalLong pid, String program) {

        /** Such as {@code nginx (pid 812, user root)}. */
        String described() {
            if (pid.isEmpty()) {
                return "a program that this user may not see";
            }
            String user =
                    PosixUser.ofProcess(pid.getAsLong()).map(PosixUser::name).orElse("?");
            return program + " (pid " + pid.getAsLong() + ", user " + user + ")";
        }
    }

    /** Nothing where this system does not tell. */
    Optional<List<Holder>> on(int port) {
        if (!machine.has("proc/net/tcp")) {
            return Optional.empty();
        }
        List<Holder> holders = new ArrayList<>();
        for (String table : List.of("proc/net/tcp", "proc/net/tcp6")) {
            machine.text(table)
                    .ifPresent(text -> text.lines()
                            .skip(1)
                            .map(line -> line.strip().split("\\s+"))
                            .filter(words -> words.length > INODE && words[STATE].equals(LISTENS))
                            .filter(words -> port(words[LOCAL_ADDRESS]) == port)
                            .forEach(words -> holders.add(holder(words))));
        }
        return Optional.of(holders);
    }

    private Holder holder(String[] words) {
        OptionalLong pid = pid(words[INODE]);
        String program = pid.isPresent() ? program(pid.getAsLong()) : "";
        return new Holder(address(words[LOCAL_ADDRESS]), port(words[LOCAL_ADDRESS]), pid, program);
    }

    private static int port(String hex) {
        return HexFormat.fromHexDigits(hex.substring(hex.indexOf(':') + 1));
    }

    /** Groups of four bytes, each in the order of the processor; all that this runs on have the lowest first. */
    private static InetAddress address(String hex) {
        byte[] written = HexFormat.of().parseHex(hex.substring(0, hex.indexOf(':')));
        byte[] address = new byte[written.length];
        for (int i = 0; i < written.length; i++) {
            address[i] = written[i - i % WORD + WORD - 1 - i % WORD];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(hex + "; expected an address of 4 or 16 bytes", e);
        }
    }

    private OptionalLong pid(String inode) {
        String socket = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(machine.root().resolve("proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process.resolve("fd"), socket)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException noProcesses) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private static boolean holds(Path descriptors, String socket) {
        try (DirectoryStream<Path> each = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : each) {
                if (isLinkTo(descriptor, socket)) {
                    return true;
                }
            }
        } catch (IOException goneOrForbidden) {
            return false;
        }
        return false;
    }

    private static boolean isLinkTo(Path descriptor, String socket) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(socket);
        } catch (IOException gone) {
            return false;
        }
    }

    private String program(long pid) {
        String command = machine.text("proc/" + pid + "/cmdline").orElse("");
        return command.contains("plane-proxy") || command.contains("io.planeproxy")
                ? "plane-proxy"
                : machine.text("proc/" + pid + "/comm").orElse("?");
    }
}
