package io.planeproxy.server.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Debian's nginx with the site that the troubleshooting guides give. */
final class NginxFront implements Front {
    /** nginx says this once its sockets are open. */
    private static final String LISTENING = "event method";

    private final Process process;
    private final int port;

    private NginxFront(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static NginxFront start(InetSocketAddress upstream, SelfSigned identity, Path folder) throws Exception {
        int port = freePort();
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), site(upstream, identity, folder, port));
        Process process = new ProcessBuilder(Tool.NGINX.path().toString(),
                        "-p", folder.toString(), "-e", "stderr", "-c", configuration.toString())
                .start();
        NginxFront front = new NginxFront(process, port);
        try {
            front.awaitListening();
        } catch (ExecutionException | TimeoutException e) {
            front.close();
            throw new AssertionError("nginx does not listen", e);
        }
        return front;
    }

    private static String site(InetSocketAddress upstream, SelfSigned identity, Path folder, int port) {
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr notice;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    server_name localhost;
                    location / {
                      proxy_pass http://127.0.0.1:%2$d/;
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
                    listen 127.0.0.1:%3$d ssl;
                    ssl_certificate %4$s;
                    ssl_certificate_key %5$s;
                  }
                }
                """.formatted(folder, upstream.getPort(), port, identity.certificate(), identity.key());
    }

    private void awaitListening() throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            StringBuilder said = new StringBuilder();
            Lines.each(process.errorReader(), line -> {
                said.append(line).append('\n');
                if (line.contains(LISTENING)) {
                    listening.complete(null);
                }
            });
            listening.completeExceptionally(new AssertionError(said.toString()));
        });
        listening.get(10, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public URI https() {
        return URI.create("https://localhost:" + port);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
