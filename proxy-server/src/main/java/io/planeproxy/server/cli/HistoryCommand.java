package io.planeproxy.server.cli;

import io.planeproxy.server.history.Differences;
import io.planeproxy.server.history.History;
import io.planeproxy.server.history.HistoryFolder;
import io.planeproxy.server.history.Kept;
import io.planeproxy.server.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code history}: which configurations were in service, and in what each differs from the one before. */
final class HistoryCommand {
    static final String NAME = "history";

    private HistoryCommand() {}

    /** @param arity whether it may be left out */
    static PositionalParamSpec number(String arity, String description) {
        return PositionalParamSpec.builder()
                .arity(arity)
                .type(String.class)
                .paramLabel("N")
                .description(description)
                .build();
    }

    /** @throws ParameterException where something else stands in the place of a number */
    static Optional<Integer> number(ParseResult command) {
        Optional<String> text = Optional.ofNullable(command.matchedPositionalValue(0, null));
        return text.map(given -> {
            if (!given.matches("\\d{1,9}")) {
                throw new ParameterException(
                        command.commandSpec().commandLine(),
                        "\"" + given + "\"; expected the number of a configuration; plane-proxy history lists them");
            }
            return Integer.valueOf(given);
        });
    }

    static int execute(ParseResult command, Map<String, String> environment, Terminal terminal) {
        Optional<Integer> number = number(command);
        List<Path> places = HistoryFolder.toRead(
                SettingsReader.historyFolder(ConfigurationOptions.sources(command, environment)), environment);
        try {
            List<Kept> all = History.firstOf(places);
            if (all.isEmpty()) {
                terminal.complain(CommandTree.NAME + ": " + History.nothingIn(places)
                        + "; expected those that were in service; name the configuration with --config, where history.folder may"
                        + " stand");
                return ExitCode.FAILED;
            }
            return number.map(one -> one(one, all, terminal)).orElseGet(() -> list(all, terminal));
        } catch (AccessDeniedException denied) {
            terminal.complain(CommandTree.NAME + ": " + denied.getMessage()
                    + ": permission denied; expected its owner: run this as root or as the proxy's user");
            return ExitCode.FAILED;
        } catch (IOException failure) {
            terminal.complain(CommandTree.NAME + ": " + failure + "; expected the folder of the history");
            return ExitCode.FAILED;
        }
    }

    private static int list(List<Kept> all, Terminal terminal) {
        for (int i = all.size() - 1; i >= 0; i--) {
            Kept kept = all.get(i);
            terminal.say(head(kept));
            terminal.say("      " + (i == 0 ? "the oldest that is kept" : Differences.summary(all.get(i - 1), kept)));
        }
        return ExitCode.GOOD;
    }

    private static int one(int number, List<Kept> all, Terminal terminal) {
        for (int i = 0; i < all.size(); i++) {
            Kept kept = all.get(i);
            if (kept.number() == number) {
                terminal.say(head(kept));
                kept.files().forEach(file -> terminal.say("      read from " + file));
                if (i == 0) {
                    terminal.say("      the oldest that is kept; there is none before to compare it with");
                } else {
                    terminal.say("      otherwise than " + all.get(i - 1).number() + ":");
                    Differences.told(all.get(i - 1), kept).forEach(line -> terminal.say("      " + line));
                }
                return ExitCode.GOOD;
            }
        }
        terminal.complain(CommandTree.NAME + ": " + History.unknown(number, all));
        return ExitCode.WRONG_CONFIGURATION;
    }

    private static String head(Kept kept) {
        return "%4d  %s  %s".formatted(kept.number(), kept.time().truncatedTo(ChronoUnit.SECONDS), kept.asker());
    }
}
