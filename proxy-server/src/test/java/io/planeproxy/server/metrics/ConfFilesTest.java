package io.planeproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.planeproxy.server.peers.Tool;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard that are handed out. */
final class ConfFilesTest {
    private static final Path CONF = Path.of("..", "conf").toAbsolutePath().normalize();
    private static final Path RULES = CONF.resolve("prometheus/plane-proxy-rules.yml");
    private static final Path RULES_TEST = CONF.resolve("prometheus/plane-proxy-rules-test.yml");
    private static final Path DASHBOARD = CONF.resolve("grafana/plane-proxy.json");

    /** A name with one of the beginnings of ours, where it stands in front of its labels or a bracket. */
    private static final Pattern NAME = Pattern.compile("\\b(plane_proxy|jvm|process)_[a-z_]+\\b(?=[\\s{\\[,)<>/=-])");

    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @Test
    void theRulesAreRules() throws Exception {
        promtool("check", RULES);
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws Exception {
        promtool("test", RULES_TEST);
        List<String> alerts = matches(ALERT, RULES).map(match -> match.group(1)).toList();
        String tests = Files.readString(RULES_TEST);
        assertEquals(
                List.of(),
                alerts.stream()
                        .filter(alert -> !tests.contains("name: " + alert + " fires\n")
                                || !tests.contains("name: " + alert + " does not fire\n"))
                        .toList());
        assertTrue(alerts.size() > 10, alerts::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus/plane-proxy-rules.yml", "grafana/plane-proxy.json"})
    void everyFigureThatIsNamedIsOneThatTheProgramHas(String file) throws Exception {
        Set<String> named = matches(NAME, CONF.resolve(file))
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.size() > 10, named::toString);
        named.removeAll(exported());
        assertEquals(Set.of(), named);
    }

    @Test
    void everyFigureOfTheProxyIsOnTheDashboard() throws Exception {
        String dashboard = Files.readString(DASHBOARD);
        assertEquals(
                List.of(),
                families()
                        .map(family -> family.getMetadata().getName())
                        .filter(name -> name.startsWith("plane_proxy_") && !dashboard.contains(name))
                        .toList());
    }

    @Test
    void theDashboardIsJson() {
        assertEquals("plane-proxy", ConfigFactory.parseFile(DASHBOARD.toFile()).getString("uid"));
    }

    private static Set<String> exported() {
        return families()
                .flatMap(family -> {
                    String name = family.getMetadata().getName();
                    return switch (family) {
                        case CounterSnapshot _ -> Stream.of(name + "_total");
                        case InfoSnapshot _ -> Stream.of(name + "_info");
                        case HistogramSnapshot _, SummarySnapshot _ ->
                            Stream.of(name + "_bucket", name + "_sum", name + "_count");
                        default -> Stream.of(name);
                    };
                })
                .collect(Collectors.toSet());
    }

    /** Those that have no figure yet too. */
    private static Stream<MetricSnapshot> families() {
        return new Metrics("test").scrape().stream();
    }

    private static Stream<MatchResult> matches(Pattern pattern, Path file) throws Exception {
        return pattern.matcher(Files.readString(file)).results();
    }

    private static void promtool(String verb, Path file) throws Exception {
        Process process = new ProcessBuilder(Tool.PROMTOOL.path().toString(), verb, "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
