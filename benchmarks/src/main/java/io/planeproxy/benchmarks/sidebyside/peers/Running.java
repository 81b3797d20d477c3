package io.planeproxy.benchmarks.sidebyside.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A proxy in service, pinned to its core. */
public final class Running implements AutoCloseable {
    private static final long LONGEST_START_NANOS = 30_000_000_000L;
    private static final long BETWEEN_LOOKS_NANOS = 1_000_000;
    private static final int LONGEST_END_SECONDS = 10;
    private static final byte[] REQUEST =
            "GET /small HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Peer peer;
    private final Site site;
    private final Process process;
    private final double millisToFirstReply;

    private Running(Peer peer, Site site, Process process, double millisToFirstReply) {
        this.peer = peer;
        this.site = site;
        this.process = process;
        this.millisToFirstReply = millisToFirstReply;
    }

    /** Returns when the first request has come back from the upstream. @throws IllegalStateException where none does */
    public static Running start(Peer peer, Site site, Core core) {
        Peer.Start start = peer.prepare(site);
        List<String> command = new ArrayList<>(List.of("taskset", "-c", core.text()));
        command.addAll(start.command());
        Path output = site.folder().resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(site.folder().toFile());
        builder.environment().putAll(start.environment());
        long begin = System.nanoTime();
        try {
            Process process = builder.start();
            while (!replies(site.plain())) {
                if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START_NANOS) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            peer.title() + " did not start; it wrote:\n" + Files.readString(output));
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
            return new Running(peer, site, process, (System.nanoTime() - begin) / 1e6);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static boolean replies(InetSocketAddress address) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(REQUEST);
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    public Peer peer() {
        return peer;
    }

    public InetSocketAddress plain() {
        return site.plain();
    }

    public InetSocketAddress tls() {
        return site.tls();
    }

    /** From the start of the process; the looks are a millisecond apart. */
    public double millisToFirstReply() {
        return millisToFirstReply;
    }

    /** What all of its processes have used so far. */
    public Usage usage() {
        return Usage.of(process.toHandle());
    }

    /** @throws IllegalStateException where it has ended by itself */
    public void mustStillRun() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    peer.title() + " has ended; see " + site.folder().resolve("output.log"));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
