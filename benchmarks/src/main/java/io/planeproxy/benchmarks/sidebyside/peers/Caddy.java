package io.planeproxy.benchmarks.sidebyside.peers;

import java.util.List;
import java.util.Map;

/** Debian's Caddy. Go sees the one core by itself. */
public record Caddy() implements Peer {
    @Override
    public String id() {
        return "caddy";
    }

    @Override
    public String title() {
        return "Caddy";
    }

    @Override
    public String version() {
        return "Caddy " + Command.firstLine(Command.path(program()), "version");
    }

    @Override
    public String program() {
        return "caddy";
    }

    @Override
    public Start prepare(Site site) {
        String log = switch (site.accessLogs()) {
            case OFF -> "";
            case ON -> "log {\n output file " + site.folder().resolve("access.log") + "\n}\n";
        };
        String proxy = """
                bind 127.0.0.1
                %sreverse_proxy %s {
                  header_up X-Real-IP {remote_host}
                  transport http {
                    keepalive_idle_conns 256
                    keepalive_idle_conns_per_host 256
                    compression off
                  }
                }
                """.formatted(log, site.upstreamText());
        site.write("Caddyfile", """
                {
                  admin off
                  auto_https off
                  servers {
                    protocols h1
                  }
                }
                http://:%d {
                %s
                }
                https://:%d {
                  tls %s %s
                %s
                }
                """.formatted(
                        site.plain().getPort(),
                        proxy,
                        site.tls().getPort(),
                        site.certificate().chain(),
                        site.certificate().key(),
                        proxy));
        return new Start(
                List.of(
                        Command.path(program()),
                        "run",
                        "--adapter",
                        "caddyfile",
                        "--config",
                        site.folder().resolve("Caddyfile").toString()),
                Map.of(
                        "HOME", site.folder().toString(),
                        "XDG_DATA_HOME", site.folder().toString(),
                        "XDG_CONFIG_HOME", site.folder().toString()));
    }
}
