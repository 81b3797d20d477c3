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
        for (Path place : places) {
            try {
                List<Kept> all = new History(place).all();
                if (!all.isEmpty()) {
                    return number.map(one -> one(one, all, terminal)).orElseGet(() -> list(all, terminal));
                }
            } catch (AccessDeniedException denied) {
                terminal.complain(CommandTree.NAME + ": " + denied.getMessage()
                        + ": permission denied; expected its owner: run this as root or as the proxy's user");
                return ExitCode.FAILED;
            } catch (IOException failure) {
                terminal.complain(CommandTree.NAME + ": " + failure + "; expected the folder of the history");
                return ExitCode.FAILED;
            }
        }
        terminal.complain(nothingIn(places));
        return ExitCode.FAILED;
    }

    static String nothingIn(List<Path> places) {
        return CommandTree.NAME + ": "
                + (places.isEmpty()
                        ? "history.folder is off"
                        : "no configuration is kept in "
                                + String.join(
                                        ", ",
                                        places.stream().map(Path::toString).toList()))
                + "; expected those that were in service; name the configuration with --config, where history.folder may stand";
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
        terminal.complain(unknown(number, all));
        return ExitCode.WRONG_CONFIGURATION;
    }

    /** In one sentence, for a number that is not kept, or no longer. */
    static String unknown(int number, List<Kept> all) {
        return CommandTree.NAME + ": no configuration " + number + " is kept; expected one from "
                + all.getFirst().number() + " to " + all.getLast().number() + "; plane-proxy history lists them";
    }

    private static String head(Kept kept) {
        return "%4d  %s  %s".formatted(kept.number(), kept.time().truncatedTo(ChronoUnit.SECONDS), kept.asker());
    }
}
