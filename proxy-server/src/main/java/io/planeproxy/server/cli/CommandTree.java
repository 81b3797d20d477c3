package io.planeproxy.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The commands and their options, as picocli parses and explains them. */
final class CommandTree {
    static final String NAME = "plane-proxy";
    static final String RUN = NamedSources.RUN;
    static final String CHECK = "check";
    static final String RELOAD = "reload";
    static final String REPLACE = "--replace";
    static final String ADMIN = "--admin";
    static final String ROLLBACK = "rollback";
    static final String HEALTH = "health";
    static final String DEMO = "demo";
    static final String EXPLAIN = "explain";
    static final String PORT = "--port";
    static final String STANDARD_DEMO_PORT = "8443";

    private static final List<String> ASKS_ABOUT_THE_PROGRAM = List.of("-h", "--help", "-V", "--version");

    private CommandTree() {}

    static CommandLine make() {
        CommandSpec root = CommandSpec.create()
                .name(NAME)
                .version(Version.text())
                .addOption(help())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version and end.")
                        .build());
        root.usageMessage()
                .description("The reverse proxy in front of self-hosted Plane.")
                .footer(
                        "",
                        "Without a command, run is meant:",
                        "  plane-proxy --upstream http://10.0.0.5:8080 --listen 8080",
                        "plane-proxy run --help lists its options.");
        root.addSubcommand(
                RUN,
                configured("Serve until SIGTERM or SIGINT; 0: told to end, 2: a wrong configuration, 1: anything else.")
                        .addOption(replace()));
        root.addSubcommand(
                RELOAD,
                configured("Have the running proxy read its configuration again; 0: in service, 2: wrong, and the one"
                                + " before stays, 1: no proxy answers or cannot serve it.")
                        .addOption(admin()));
        root.addSubcommand(
                CHECK,
                configured(
                        "Say whether the configuration and its files are good; 0: they are, 2: they are not, with every problem."
                                + " Opens no port, asks no upstream."));
        root.addSubcommand(
                HEALTH, configured("Ask the proxy that serves this configuration on this machine whether it answers."));
        root.addSubcommand(DEMO, demo());
        root.addSubcommand(
                HistoryCommand.NAME,
                configured("List the configurations that were in service, the newest first, with what was changed.")
                        .addPositional(HistoryCommand.number(
                                "0..1", "Show every value that this one has otherwise than the one before.")));
        root.addSubcommand(
                ROLLBACK,
                configured(
                                "Put a configuration of the history back: into its file, the text of which is kept beside it, and"
                                        + " into service; 0: done, 2: it is wrong, 1: it cannot be done. Then nothing is changed.")
                        .addOption(admin())
                        .addPositional(HistoryCommand.number("1", "Its number in the history.")));
        root.addSubcommand(EXPLAIN, explain());
        root.addSubcommand(DoctorCommand.NAME, doctor());
        root.addSubcommand(ImportNginx.NAME, ImportNginx.spec().addOption(help()));
        return new CommandLine(root)
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }

    /** The arguments with {@code run} in front where they begin with an option of it; {@code help} as the option it means. */
    static List<String> withCommand(List<String> arguments) {
        if (!arguments.isEmpty() && arguments.getFirst().equals("help")) {
            List<String> asked = new ArrayList<>(arguments.subList(1, arguments.size()));
            asked.add("--help");
            return asked;
        }
        boolean meansRun = arguments.isEmpty()
                || (arguments.getFirst().startsWith("-") && !ASKS_ABOUT_THE_PROGRAM.contains(arguments.getFirst()));
        if (!meansRun) {
            return arguments;
        }
        List<String> complete = new ArrayList<>(List.of(RUN));
        complete.addAll(arguments);
        return complete;
    }

    private static CommandSpec configured(String description) {
        CommandSpec command = CommandSpec.create();
        command.usageMessage().description(description).sortOptions(false).abbreviateSynopsis(true);
        ConfigurationOptions.addTo(command);
        return command.addOption(help());
    }

    private static CommandSpec doctor() {
        CommandSpec command = configured(
                "Look over the whole way from browsers to Plane, and say what is wrong and what to do. Changes nothing.");
        DoctorCommand.addTo(command);
        return command;
    }

    private static OptionSpec replace() {
        return OptionSpec.builder(REPLACE)
                .type(boolean.class)
                .description("Take over the listeners of the proxy that runs, and let it end.")
                .build();
    }

    static OptionSpec admin() {
        return OptionSpec.builder(ADMIN)
                .arity("1")
                .type(String.class)
                .paramLabel("PATH")
                .description("Admin socket of the running proxy, where the configuration does not tell.")
                .build();
    }

    static Optional<Path> admin(ParseResult command) {
        return Optional.<String>ofNullable(command.matchedOptionValue(ADMIN, null))
                .map(Path::of);
    }

    private static CommandSpec demo() {
        CommandSpec command = CommandSpec.create();
        command.usageMessage()
                .description("Show the proxy at work in front of a stand-in for Plane; needs nothing else.");
        return command.addOption(OptionSpec.builder(PORT)
                        .arity("1")
                        .type(String.class)
                        .paramLabel("PORT")
                        .description("Port of https on the loopback address. Default: " + STANDARD_DEMO_PORT + ".")
                        .build())
                .addOption(help());
    }

    private static CommandSpec explain() {
        CommandSpec command = CommandSpec.create();
        command.usageMessage()
                .description(
                        "Say what a cause means that stands in the access log or in X-Plane-Proxy-Cause, and what to do.");
        return command.addPositional(PositionalParamSpec.builder()
                        .arity("0..1")
                        .type(String.class)
                        .paramLabel("CODE")
                        .description("Such as upstream-refused. Without one, all are listed.")
                        .build())
                .addOption(help());
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help and end.")
                .build();
    }
}
