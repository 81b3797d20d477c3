package io.planeproxy.benchmarks.sidebyside.peers;

/** Debian's HAProxy. One thread, since there is one core. */
public record Haproxy() implements Peer {
    @Override
    public String id() {
        return "haproxy";
    }

    @Override
    public String title() {
        return "HAProxy";
    }

    @Override
    public String version() {
        return Command.firstLine(Command.path(program()), "-v").replaceFirst(" - https.*", "");
    }

    @Override
    public String program() {
        return "haproxy";
    }

    @Override
    public Start prepare(Site site) {
        return start(site, """
                  mode http
                  option forwardfor
                  http-reuse always
                """ + log(site), """
                  http-request set-header X-Forwarded-Proto %s
                  http-request set-header X-Forwarded-Host %%[req.hdr(host)]
                  http-request set-header X-Real-IP %%[src]
                """);
    }

    private static String log(Site site) {
        return switch (site.accessLogs()) {
            case OFF -> "";
            case ON -> "  log stdout format raw local0\n  option httplog\n";
        };
    }

    /** @param perScheme lines of a front, with a place for http or https */
    static Start start(Site site, String defaults, String perScheme) {
        site.write("haproxy.cfg", """
                global
                  nbthread 1
                  maxconn 9000
                defaults
                %s
                  timeout connect 5s
                  timeout client 1h
                  timeout server 1h
                  timeout tunnel 1h
                frontend plain
                  bind %s
                %s
                  default_backend plane
                frontend tls
                  bind %s ssl crt %s ssl-min-ver TLSv1.2 alpn http/1.1
                %s
                  default_backend plane
                backend plane
                  server plane %s
                """.formatted(
                        defaults.stripTrailing(),
                        Site.text(site.plain()),
                        perScheme.formatted("http").stripTrailing(),
                        Site.text(site.tls()),
                        site.certificate().both(),
                        perScheme.formatted("https").stripTrailing(),
                        site.upstreamText()));
        return new Start(
                Command.path("haproxy"),
                "-db",
                "-f",
                site.folder().resolve("haproxy.cfg").toString());
    }
}
