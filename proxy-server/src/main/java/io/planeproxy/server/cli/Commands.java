package io.planeproxy.server.cli;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.server.settings.Port;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Takes the arguments apart and does what they say. */
public final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Program program;

    public Commands(Map<String, String> environment, PrintWriter out, PrintWriter err, Program program) {
        this.environment = environment;
        this.terminal = new Terminal(out, err);
        this.program = program;
    }

    /** Never throws: whatever goes wrong is a sentence on {@code err} and an {@link ExitCode}. */
    public int execute(List<String> arguments) {
        try {
            return NamedSources.ofService(arguments, environment)
                    .map(sources -> run(sources, RunOrder.Replacing.NOBODY))
                    .orElseGet(() -> parsed(arguments));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} ends because of a fault of its own; please report it", CommandTree.NAME, e);
            terminal.complain(CommandTree.NAME + ": " + e
                    + "; this is a fault of the program itself; please report it with its log");
            return ExitCode.FAILED;
        }
    }

    private int parsed(List<String> arguments) {
        CommandLine tree = CommandTree.make().setOut(terminal.out()).setErr(terminal.err());
        try {
            ParseResult parsed =
                    tree.parseArgs(CommandTree.withCommand(arguments).toArray(String[]::new));
            if (Optional.ofNullable(CommandLine.executeHelpRequest(parsed)).isPresent()) {
                return ExitCode.GOOD;
            }
            return command(parsed.subcommand());
        } catch (ParameterException e) {
            Complaint.about(e).forEach(terminal::complain);
            return ExitCode.WRONG_CONFIGURATION;
        }
    }

    private int command(ParseResult command) {
        String name = command.commandSpec().name();
        return switch (name) {
            case CommandTree.RUN -> run(ConfigurationOptions.sources(command, environment), replacing(command));
            case CommandTree.RELOAD -> reload(ConfigurationOptions.sources(command, environment), command);
            case HistoryCommand.NAME -> HistoryCommand.execute(command, environment, terminal);
            case CommandTree.ROLLBACK -> rollback(ConfigurationOptions.sources(command, environment), command);
            case CommandTree.CHECK -> check(ConfigurationOptions.sources(command, environment));
            case CommandTree.HEALTH -> health(ConfigurationOptions.sources(command, environment));
            case CommandTree.DEMO -> demo(command.matchedOptionValue(CommandTree.PORT, CommandTree.STANDARD_DEMO_PORT));
            case CommandTree.EXPLAIN -> explain(command.matchedPositionalValue(0, ""));
            case DoctorCommand.NAME -> DoctorCommand.execute(command, environment, terminal, program);
            case ImportNginx.NAME -> ImportNginx.execute(command, terminal);
            default -> throw new IllegalStateException("command " + name + "; expected one of the tree");
        };
    }

    private static RunOrder.Replacing replacing(ParseResult command) {
        return command.hasMatchedOption(CommandTree.REPLACE)
                ? RunOrder.Replacing.THE_RUNNING_ONE
                : RunOrder.Replacing.NOBODY;
    }

    private int run(Sources sources, RunOrder.Replacing replacing) {
        program.starting();
        return good(program.read(sources))
                .map(settings -> program.run(new RunOrder(sources, settings, replacing)))
                .orElse(ExitCode.WRONG_CONFIGURATION);
    }

    /** The proxy that runs reads its configuration itself; here it matters only where its socket is. */
    private int reload(Sources sources, ParseResult command) {
        return program.reload(running(sources, command));
    }

    private static ReloadOrder running(Sources sources, ParseResult command) {
        return new ReloadOrder(CommandTree.admin(command), SettingsReader.adminSocket(sources));
    }

    private int rollback(Sources sources, ParseResult command) {
        int number = HistoryCommand.number(command).orElseThrow();
        return program.rollback(
                new RollbackOrder(number, SettingsReader.historyFolder(sources), running(sources, command)));
    }

    private int check(Sources sources) {
        Optional<Settings> settings = good(program.read(sources));
        List<Problem> problems = settings.map(program::inspect).orElse(List.of());
        terminal.complain(problems);
        if (settings.isEmpty() || !problems.isEmpty()) {
            return ExitCode.WRONG_CONFIGURATION;
        }
        Summary.of(sources.file(), settings.get()).forEach(terminal::say);
        return ExitCode.GOOD;
    }

    /** The settings; where there is a problem, nothing, and the problems have been said. */
    private Optional<Settings> good(Read read) {
        return switch (read) {
            case Read.Good(Settings settings) -> Optional.of(settings);
            case Read.Bad(List<Problem> problems) -> {
                terminal.complain(problems);
                yield Optional.empty();
            }
        };
    }

    /** What the files hold does not matter here: the process that serves has read them already. */
    private int health(Sources sources) {
        return good(SettingsReader.read(sources)).map(program::health).orElse(ExitCode.WRONG_CONFIGURATION);
    }

    private int demo(String port) {
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            terminal.complain(CommandTree.NAME + ": " + CommandTree.PORT + ": \"" + port
                    + "\"; expected a port from 1 to 65535, or 0 for any free one");
            return ExitCode.WRONG_CONFIGURATION;
        }
        program.starting();
        return program.demo(new DemoOptions(new Port(Integer.parseInt(port))));
    }

    private int explain(String code) {
        if (code.isEmpty()) {
            Explanation.ofAll().forEach(terminal::say);
            return ExitCode.GOOD;
        }
        Optional<Cause> cause = Cause.of(code);
        cause.map(Explanation::of).ifPresent(lines -> lines.forEach(terminal::say));
        if (cause.isEmpty()) {
            terminal.complain(Explanation.unknown(code));
        }
        return cause.isPresent() ? ExitCode.GOOD : ExitCode.WRONG_CONFIGURATION;
    }
}
