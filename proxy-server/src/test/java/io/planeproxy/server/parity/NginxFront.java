package io.planeproxy.server.parity;

import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.server.peers.Tool;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Debian's nginx with the site that guides give for Plane, on two ports of the loopback: plain and over TLS. */
public final class NginxFront implements ProxyUnderTest {
    private static final int TRIES = 5;

    private final Process nginx;
    private final InetSocketAddress plain;
    private final InetSocketAddress tls;

    /** Starts it with its own files under {@code prefix}; skips the test, or fails it in CI, where there is no nginx. */
    static NginxFront inFrontOf(InetSocketAddress upstream, PemFiles identity, Path prefix) {
        return inFrontOf(upstream, identity, prefix, site -> site);
    }

    /** @param edit what the operator has made of the site of the guides */
    public static NginxFront inFrontOf(
            InetSocketAddress upstream, PemFiles identity, Path prefix, UnaryOperator<String> edit) {
        Path binary = Tool.NGINX.path();
        for (int i = 0; i < TRIES; i++) {
            Optional<NginxFront> started = start(binary, prefix, identity, upstream, edit);
            if (started.isPresent()) {
                return started.get();
            }
        }
        throw new AssertionError("nginx did not start in " + TRIES + " tries: " + log(prefix));
    }

    private NginxFront(Process nginx, InetSocketAddress plain, InetSocketAddress tls) {
        this.nginx = nginx;
        this.plain = plain;
        this.tls = tls;
    }

    @Override
    public InetSocketAddress plain() {
        return plain;
    }

    @Override
    public Optional<InetSocketAddress> tls() {
        return Optional.of(tls);
    }

    @Override
    public void close() {
        nginx.destroy();
        try {
            if (!nginx.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                nginx.destroyForcibly();
            }
        } catch (InterruptedException e) {
            nginx.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<NginxFront> start(
            Path binary, Path prefix, PemFiles identity, InetSocketAddress upstream, UnaryOperator<String> edit) {
        InetSocketAddress plain = free();
        InetSocketAddress tls = free();
        try {
            Path site = prefix.resolve("nginx.conf");
            Files.writeString(site, edit.apply(site(plain, tls, identity, upstream)));
            Process nginx = new ProcessBuilder(
                            binary.toString(), "-p", prefix.toString(), "-c", site.toString(), "-e", "error.log")
                    .redirectErrorStream(true)
                    .redirectOutput(prefix.resolve("output.log").toFile())
                    .start();
            NginxFront front = new NginxFront(nginx, plain, tls);
            if (front.isUp()) {
                return Optional.of(front);
            }
            front.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another program may have taken a port meanwhile: then nginx ends at once. */
    private boolean isUp() {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (nginx.isAlive() && System.nanoTime() < end) {
            try (Socket probe = new Socket(tls.getAddress(), tls.getPort())) {
                return nginx.isAlive() && probe.isConnected();
            } catch (IOException notYet) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        return false;
    }

    private static InetSocketAddress free() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(probe.getInetAddress(), probe.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The site of the guides; around it only what lets nginx run in a directory of its own and end with the test. */
    private static String site(
            InetSocketAddress plain, InetSocketAddress tls, PemFiles identity, InetSocketAddress upstream) {
        return """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log error.log warn;
                events {}
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  server {
                    server_name plane.example;
                    location / {
                      proxy_pass http://%s/;
                      proxy_http_version 1.1;
                      proxy_set_header Upgrade $http_upgrade;
                      proxy_set_header Connection "upgrade";
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-Proto $scheme;
                      proxy_set_header X-Forwarded-Host $host;
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Real-IP $remote_addr;
                    }
                    client_max_body_size 10M;
                    listen %s;
                    listen %s ssl;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                  }
                }
                """.formatted(
                hostAndPort(upstream), hostAndPort(plain), hostAndPort(tls), identity.certificate(), identity.key());
    }

    private static String hostAndPort(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String log(Path prefix) {
        try {
            Path log = prefix.resolve("error.log");
            return Files.exists(log) ? Files.readString(log) : "it wrote no " + log;
        } catch (IOException e) {
            return "its log cannot be read: " + e;
        }
    }
}
