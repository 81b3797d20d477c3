package io.planeproxy.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.planeproxy.server.settings.Sources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

final class NamedSourcesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --config plane-proxy.conf",
                "run --config /etc/plane-proxy/plane-proxy.conf",
                "run --config run",
                "run --config \"quoted\"",
                "run --config ${HOME}/a,b=c",
                "run --config @file"
            })
    void theArgumentsOfAServiceMeanWhatPicocliTakesThemFor(String line) {
        List<String> arguments = List.of(line.split(" "));
        for (Map<String, String> environment : List.of(
                Map.<String, String>of(), Map.of("PLANE_PROXY_CONFIG", "other.conf", "PLANE_PROXY_LISTEN", "8080"))) {
            assertEquals(
                    Optional.of(byPicocli(arguments, environment)), NamedSources.ofService(arguments, environment));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run --config",
                "run --config --help",
                "run --config=a",
                "run --replace",
                "run --config a --replace",
                "--config a",
                "check --config a",
                "help run"
            })
    void anyOtherArgumentsAreLeftToPicocli(String line) {
        assertEquals(Optional.empty(), NamedSources.ofService(List.of(line.split(" ")), Map.of()));
    }

    @Test
    void anEmptyNameOfAFileIsLeftToPicocliWhichRefusesIt() {
        List<String> arguments = List.of("run", "--config", " ");
        assertEquals(Optional.empty(), NamedSources.ofService(arguments, Map.of()));
        assertThrows(ParameterException.class, () -> byPicocli(arguments, Map.of()));
    }

    private static Sources byPicocli(List<String> arguments, Map<String, String> environment) {
        ParseResult parsed =
                CommandTree.make().parseArgs(arguments.toArray(String[]::new)).subcommand();
        assertEquals(CommandTree.RUN, parsed.commandSpec().name());
        return ConfigurationOptions.sources(parsed, environment);
    }
}
