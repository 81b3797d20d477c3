package io.planeproxy.benchmarks.sidebyside.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
                }
                """.formatted(
                        site.upstreamText(),
                        site.plain().getPort(),
                        site.tls().getPort(),
                        site.certificate().chain(),
                        site.certificate().key()));
        return new Start(
                List.of(program(), "run", "--config", settings.toString()),
                switch (site.accessLogs()) {
                    case ON -> Map.of();
                    case OFF -> Map.of("PLANE_PROXY_JAVA_OPTS", javaOptions(quiet(site)));
                });
    }

    private static String javaOptions(Path logging) {
        String own = System.getenv().getOrDefault("PLANE_PROXY_JAVA_OPTS", "");
        return (own + " -Dlogback.configurationFile=" + logging).strip();
    }

    private static Path quiet(Site site) {
        return site.write("logback.xml", """
                <configuration>
                  <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
                  <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
                    <target>System.err</target>
                    <encoder><pattern>%d %-5level %logger{0} - %msg%n</pattern></encoder>
                  </appender>
                  <logger name="plane-proxy.access" level="OFF"/>
                  <root level="INFO"><appender-ref ref="stderr"/></root>
                </configuration>
                """);
    }
}
