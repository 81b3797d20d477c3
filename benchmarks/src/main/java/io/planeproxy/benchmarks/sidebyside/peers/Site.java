package io.planeproxy.benchmarks.sidebyside.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every proxy is told: where to listen, with which certificate, and what stands behind it.
 *
 * @param folder of the one proxy, for its files
 */
public record Site(
        Path folder,
        InetSocketAddress plain,
        InetSocketAddress tls,
        InetSocketAddress upstream,
        Certificate certificate,
        AccessLogs accessLogs) {

    /** Whether the proxies write a line for each request; all of them or none. */
    public enum AccessLogs {
        OFF,
        ON
    }

    /** On two free ports of the loopback; looked for at the same time, since one that is free again may be given a second time. */
    public static Site in(Path folder, InetSocketAddress upstream, Certificate certificate, AccessLogs accessLogs) {
        try (ServerSocket plain = free();
                ServerSocket tls = free()) {
            Files.createDirectories(folder);
            return new Site(folder, address(plain), address(tls), upstream, certificate, accessLogs);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(ServerSocket probe) {
        return new InetSocketAddress(probe.getInetAddress(), probe.getLocalPort());
    }

    /** @return the file's path */
    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    String upstreamText() {
        return "127.0.0.1:" + upstream.getPort();
    }

    static String text(InetSocketAddress address) {
        return "127.0.0.1:" + address.getPort();
    }
}
