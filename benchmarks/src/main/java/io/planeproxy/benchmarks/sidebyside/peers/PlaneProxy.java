package io.planeproxy.benchmarks.sidebyside.peers;

import java.nio.file.Path;

/** This project's bundle, as it is handed out. */
public record PlaneProxy(Path bundle) implements Peer {
    public static final String ID = "plane-proxy";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "plane-proxy";
    }

    @Override
    public String version() {
        return Command.firstLine(program(), "--version");
    }

    @Override
    public String program() {
        return bundle.resolve("bin/plane-proxy").toString();
    }

    @Override
    public Start prepare(Site site) {
        Path settings = site.write("plane-proxy.conf", """
                plane-proxy {
                  upstream = "http://%s"
                  listeners = [
                    { address = "127.0.0.1", port = %d }
                    { address = "127.0.0.1", port = %d, tls { certificate = "%s", key = "%s" } }
                  ]
                  access-log.format = %s
                }
                """.formatted(
                        site.upstreamText(),
                        site.plain().getPort(),
                        site.tls().getPort(),
                        site.certificate().chain(),
                        site.certificate().key(),
                        format(site)));
        return new Start(program(), "run", "--config", settings.toString());
    }

    private static String format(Site site) {
        return switch (site.accessLogs()) {
            case ON -> "plain";
            case OFF -> "off";
        };
    }
}
