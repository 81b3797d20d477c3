package io.planeproxy.server.cli;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Outcome;
import io.planeproxy.server.doctor.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Findings for programs. */
final class FindingsAsJson {
    private FindingsAsJson() {}

    static String of(List<Finding> findings) {
        Map<String, Object> all = Map.of(
                "exit-code", Verdicts.exitCode(findings),
                "findings", findings.stream().map(FindingsAsJson::one).toList());
        return ConfigValueFactory.fromMap(all)
                .render(ConfigRenderOptions.concise().setFormatted(true));
    }

    private static Map<String, Object> one(Finding finding) {
        Result result = finding.result();
        Map<String, Object> fields = new HashMap<>();
        fields.put("check", finding.check());
        fields.put("subject", result.subject());
        fields.put("result", Verdicts.word(result.outcome()));
        fields.put("evidence", result.evidence());
        switch (result.outcome()) {
            case Outcome.Ok(String seen) -> fields.put("seen", seen);
            case Outcome.Skipped(String why) -> fields.put("seen", why);
            case Outcome.Warning(String seen, String fix) -> {
                fields.put("seen", seen);
                fields.put("fix", fix);
            }
            case Outcome.Failed(String seen, String fix) -> {
                fields.put("seen", seen);
                fields.put("fix", fix);
            }
        }
        return fields;
    }
}
