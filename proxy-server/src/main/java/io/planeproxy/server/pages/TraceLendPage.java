package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.time.Duration;

/** Lends a path: {@code POST /trace?name=…&port=…&seconds=…}. */
public final class TraceLendPage implements AdminPage {
    private final TracePaths paths;

    public TraceLendPage(TracePaths paths) {
        this.paths = paths;
    }

    @Override
    public String path() {
        return TraceName.PAGE;
    }

    @Override
    public Verb verb() {
        return Verb.POST;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        String port = request.query().getOrDefault("port", "");
        String seconds = request.query().getOrDefault("seconds", "");
        boolean isPort = port.matches("\\d{1,5}") && Integer.parseInt(port) > 0 && Integer.parseInt(port) <= 65_535;
        if (!isPort || !seconds.matches("[1-9]\\d{0,4}")) {
            return AdminReply.text(
                    400, "port=" + port + "&seconds=" + seconds + "; expected a port and up to 99999 seconds");
        }
        return TraceName.in(request)
                .map(name -> lent(name, Integer.parseInt(port), Duration.ofSeconds(Long.parseLong(seconds))))
                .orElseGet(TraceName::missing);
    }

    private AdminReply.Content lent(String name, int port, Duration time) {
        return paths.lend(name, port, time)
                .map(path -> AdminReply.text(200, path))
                .orElseGet(() -> AdminReply.text(
                        503, "as many paths are lent as can be; expected fewer doctors at a time; wait for their end"));
    }
}
