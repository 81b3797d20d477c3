package io.planeproxy.benchmarks.sidebyside.peers;

/** Debian's nginx. One worker, since there is one core. */
public record Nginx(Tuning tuning) implements Peer {
    /** How it is set up. */
    public enum Tuning {
        /** The site of the guides for Plane, to the letter. */
        GUIDE,
        /** What somebody adds who knows nginx: kept upstream connections, SO_REUSEPORT, uploads passed on as they come. */
        TUNED
    }

    @Override
    public String id() {
        return switch (tuning) {
            case GUIDE -> "nginx-guide";
            case TUNED -> "nginx";
        };
    }

    @Override
    public String title() {
        return switch (tuning) {
            case GUIDE -> "nginx, the guide's site";
            case TUNED -> "nginx, tuned";
        };
    }

    @Override
    public String version() {
        return Command.firstLine(Command.path(program()), "-v");
    }

    @Override
    public String program() {
        return "nginx";
    }

    @Override
    public Start prepare(Site site) {
        String log = switch (site.accessLogs()) {
            case OFF -> "off";
            case ON -> "access.log combined";
        };
        // The user is of no effect where nginx is not started by root.
        site.write("nginx.conf", """
                user root;
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 20000;
                pid nginx.pid;
                error_log error.log warn;
                events { worker_connections 19000; }
                http {
                  access_log %s;
                  sendfile on;
                  tcp_nopush on;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                %s
                }
                """.formatted(log, site(site)));
        return new Start(
                Command.path(program()),
                "-p",
                site.folder().toString(),
                "-c",
                site.folder().resolve("nginx.conf").toString(),
                "-e",
                "error.log");
    }

    private String site(Site site) {
        return switch (tuning) {
            case GUIDE -> server(site, "", "http://" + site.upstreamText() + "/", """
                            proxy_set_header Upgrade $http_upgrade;
                            proxy_set_header Connection "upgrade";
                        """);
            case TUNED -> """
                      map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
                      upstream plane {
                        server %s;
                        keepalive 256;
                        keepalive_requests 1000000;
                      }
                      keepalive_requests 1000000;
                    """.formatted(site.upstreamText()) + server(site, " reuseport", "http://plane", """
                            proxy_set_header Upgrade $http_upgrade;
                            proxy_set_header Connection $connection_upgrade;
                            proxy_request_buffering off;
                            proxy_read_timeout 1h;
                        """);
        };
    }

    private static String server(Site site, String listenOptions, String upstream, String further) {
        return """
                  server {
                    server_name localhost;
                    location / {
                      proxy_pass %s;
                      proxy_http_version 1.1;
                %s
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-Proto $scheme;
                      proxy_set_header X-Forwarded-Host $host;
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Real-IP $remote_addr;
                    }
                    client_max_body_size 10M;
                    listen %s%s;
                    listen %s ssl%s;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    ssl_session_cache shared:tls:10m;
                  }
                """.formatted(
                        upstream,
                        further.stripTrailing(),
                        Site.text(site.plain()),
                        listenOptions,
                        Site.text(site.tls()),
                        listenOptions,
                        site.certificate().chain(),
                        site.certificate().key());
    }
}
