package io.planeproxy.server.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import io.planeproxy.server.settings.Origin;
import io.planeproxy.server.settings.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReloadPageTest {
    private static final ReloadReport IN_SERVICE =
            new ReloadReport.InService(List.of("expires soon"), List.of("listening on *:80 for http"));
    private static final ReloadReport WRONG = new ReloadReport.Wrong(List.of(new Problem(
            new Origin.InFile(Path.of("plane-proxy.conf"), 7), "plane-proxy.max-body", "\"10MB\"", "a size", "")));
    private static final ReloadReport FAILED = new ReloadReport.Failed("cannot listen");

    private record Case(ReloadReport report, int status, String text, String json) {}

    static List<Case> cases() {
        return List.of(
                new Case(IN_SERVICE, 200, """
                        reloaded; the new configuration is in service
                          listening on *:80 for http
                        warning: expires soon
                        """, """
                        {"inService":true,"listening":["listening on *:80 for http"],"warnings":["expires soon"]}
                        """),
                new Case(WRONG, 422, """
                        plane-proxy.conf:7: plane-proxy.max-body: "10MB"; expected a size
                        """, """
                        {"inService":false,"problems":["plane-proxy.conf:7: plane-proxy.max-body: \\"10MB\\"; expected a size"]}
                        """),
                new Case(FAILED, 503, "cannot listen\n", """
                        {"inService":false,"problems":["cannot listen"]}
                        """));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCallerIsToldEverything(Case expected) {
        ReloadPage page = new ReloadPage(asker -> expected.report());
        assertEquals(
                new AdminReply.Content(expected.status(), "text/plain; charset=utf-8", expected.text()),
                page.answer(request(Optional.empty())));
        assertEquals(
                new AdminReply.Content(expected.status(), "application/json", expected.json()),
                page.answer(request(Optional.of("application/json, */*"))));
    }

    @Test
    void theLogLearnsWhoAsked() {
        String[] asked = new String[1];
        new ReloadPage(asker -> {
                    asked[0] = asker;
                    return FAILED;
                })
                .answer(request(Optional.empty()));
        assertEquals("process 7 of uid 0", asked[0]);
    }

    private static AdminRequest request(Optional<String> accept) {
        return new AdminRequest(Map.of(), accept, "process 7 of uid 0");
    }
}
