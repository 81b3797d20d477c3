package io.planeproxy.server.cli;

import io.planeproxy.server.settings.Sources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options of {@code run} and {@code check} that say what to serve. What their values mean is the settings' affair. */
final class ConfigurationOptions {
    private static final Set<String> NO_CONFIGURATION = Set.of(CommandTree.REPLACE, CommandTree.ADMIN);

    private ConfigurationOptions() {}

    static void addTo(CommandSpec command) {
        command.addOption(
                once(NamedSources.CONFIG, "FILE", "Configuration file (or " + NamedSources.CONFIG_VARIABLE + ")."));
        command.addOption(once("--upstream", "URL", "Address of Plane, such as http://10.0.0.5:8080."));
        command.addOption(repeatable("--listen", "[ADDRESS:]PORT", "Serve http there."));
        command.addOption(repeatable("--tls-listen", "[ADDRESS:]PORT", "Serve https there; --listen then redirects."));
        command.addOption(once("--tls-certificate", "FILE", "Certificate and its chain, PEM."));
        command.addOption(once("--tls-key", "FILE", "Private key, PEM."));
        command.addOption(once("--tls-passphrase-file", "FILE", "File whose first line opens the private key."));
        command.addOption(once("--max-body", "SIZE", "Largest body of a request: 10M, unlimited."));
    }

    static Sources sources(ParseResult command, Map<String, String> environment) {
        Map<String, String> options = new HashMap<>();
        for (OptionSpec option : command.matchedOptions()) {
            if (NO_CONFIGURATION.contains(option.longestName())) {
                continue;
            }
            options.put(option.longestName(), String.join(",", option.stringValues()));
        }
        if (options.getOrDefault(NamedSources.CONFIG, "-").isBlank()) {
            throw new ParameterException(
                    command.commandSpec().commandLine(),
                    NamedSources.CONFIG + ": the name of the file is empty; expected a path");
        }
        return NamedSources.of(options, environment);
    }

    private static OptionSpec once(String name, String value, String description) {
        return option(name, value, description).type(String.class).build();
    }

    private static OptionSpec repeatable(String name, String value, String description) {
        return option(name, value, description + " May be repeated.")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build();
    }

    private static OptionSpec.Builder option(String name, String value, String description) {
        return OptionSpec.builder(name).arity("1").paramLabel(value).description(description);
    }
}
