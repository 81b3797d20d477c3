package io.planeproxy.server.cli;

import io.planeproxy.server.doctor.Doctor;
import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.doctor.PublicAddress;
import io.planeproxy.server.settings.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code doctor}: what it takes, and how its findings are shown. */
final class DoctorCommand {
    static final String NAME = "doctor";

    private static final String URL = "--url";
    private static final String IDLE = "--idle";
    private static final String PLANE_ENVIRONMENT = "--plane-env";
    private static final String ONLY = "--only";
    private static final String USER = "--user";
    private static final String JSON = "--json";

    private DoctorCommand() {}

    static void addTo(CommandSpec command) {
        command.usageMessage()
                .footer("", "Exit code 0: all is well. 1: something wants a look. 2: something does not work.");
        command.addOption(option(
                URL,
                "URL",
                "Where browsers come to, such as https://plane.example. Default: what the certificate says."));
        command.addOption(
                option(IDLE, "SECONDS", "Keep a WebSocket silent for so long; 65 finds a hop that ends it after 60."));
        command.addOption(option(PLANE_ENVIRONMENT, "FILE", "Compare with Plane's own variables: its plane.env."));
        command.addOption(
                option(USER, "NAME", "User that the service runs as, where it does not run now. Default: this one."));
        command.addOption(CommandTree.admin());
        command.addOption(
                option(ONLY, "CHECK[,CHECK]", "Only these of the checks: " + String.join(", ", Doctor.checks()) + "."));
        command.addOption(OptionSpec.builder(JSON)
                .description("Print the findings as JSON, for programs.")
                .build());
    }

    private static OptionSpec option(String name, String value, String description) {
        return OptionSpec.builder(name)
                .arity("1")
                .type(String.class)
                .paramLabel(value)
                .description(description)
                .build();
    }

    static int execute(ParseResult command, Map<String, String> environment, Terminal terminal, Program program) {
        Order order = order(command, environment);
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> told = findings::add;
        if (command.hasMatchedOption(JSON)) {
            program.examine(order, told);
            terminal.say(FindingsAsJson.of(findings));
        } else {
            FindingLines lines = new FindingLines(Colours.of(environment));
            program.examine(order, told.andThen(finding -> lines.of(finding).forEach(terminal::say)));
            lines.summary(findings).forEach(terminal::say);
        }
        return Verdicts.exitCode(findings);
    }

    private static Order order(ParseResult command, Map<String, String> environment) {
        return new Order(
                ConfigurationOptions.sources(command, environment),
                value(command, URL)
                        .map(text -> PublicAddress.parse(text)
                                .orElseThrow(
                                        () -> wrong(command, URL, text, "an address such as https://plane.example"))),
                value(command, PLANE_ENVIRONMENT).map(Path::of),
                value(command, IDLE).map(text -> idle(command, text)).orElse(Duration.ZERO),
                value(command, ONLY).map(text -> checks(command, text)).orElse(Set.of()),
                value(command, USER),
                CommandTree.admin(command));
    }

    private static Set<String> checks(ParseResult command, String text) {
        Set<String> checks = Set.copyOf(List.of(text.strip().split("\\s*,\\s*")));
        for (String check : checks) {
            if (!Doctor.checks().contains(check)) {
                throw wrong(
                        command,
                        ONLY,
                        check,
                        Nearest.to(check, Doctor.checks())
                                .map(near -> "\"" + near + "\"")
                                .orElseGet(() -> "one of " + String.join(", ", Doctor.checks())));
            }
        }
        return checks;
    }

    private static Optional<String> value(ParseResult command, String option) {
        return Optional.ofNullable(command.matchedOptionValue(option, null));
    }

    private static Duration idle(ParseResult command, String text) {
        if (!text.matches("\\d{1,4}s?")) {
            throw wrong(command, IDLE, text, "a number of seconds up to 9999");
        }
        return Duration.ofSeconds(Long.parseLong(text.replace("s", "")));
    }

    private static ParameterException wrong(ParseResult command, String option, String text, String expected) {
        return new ParameterException(
                command.commandSpec().commandLine(), option + ": \"" + text + "\"; expected " + expected);
    }
}
