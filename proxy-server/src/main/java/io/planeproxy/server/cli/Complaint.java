package io.planeproxy.server.cli;

import io.planeproxy.server.settings.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence each what is wrong with the arguments. */
final class Complaint {
    private static final String PREFIX = CommandTree.NAME + ": ";

    private Complaint() {}

    static List<String> about(ParameterException fault) {
        return switch (fault) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing ->
                missing.getMissing().stream().map(Complaint::missing).toList();
            case OverwrittenOptionException twice ->
                List.of(PREFIX + name(twice.getOverwritten())
                        + " was given twice; expected once; remove one of the two");
            case ParameterException other ->
                List.of(PREFIX + other.getMessage() + "; " + CommandTree.NAME + " --help lists the options");
        };
    }

    private static List<String> unmatched(UnmatchedArgumentException fault) {
        String first = fault.getUnmatched().getFirst();
        boolean isInPlaceOfCommand = fault.getCommandLine().getParent() == null && !first.startsWith("-");
        List<String> options = fault.getUnmatched().stream()
                .filter(word -> word.startsWith("-"))
                .toList();
        if (options.isEmpty() || isInPlaceOfCommand) {
            return List.of(PREFIX + unknownWord(first, fault.getCommandLine()));
        }
        return options.stream()
                .map(option -> PREFIX + unknownOption(option, fault.getCommandLine()))
                .toList();
    }

    private static String unknownWord(String word, CommandLine command) {
        CommandLine root = root(command);
        List<String> commands = new ArrayList<>(root.getSubcommands().keySet());
        if (commands.contains(word)) {
            return "\"" + word + "\" after options; expected the command before them; write " + CommandTree.NAME + " "
                    + word + " and the options after it";
        }
        if (command.getCommandSpec().findOption("--config") != null && word.matches(".*[./].*")) {
            return "\"" + word + "\"; expected options alone; write --config " + word + " if it is the configuration";
        }
        return Nearest.to(word, commands)
                .map(near -> "unknown command \"" + word + "\"; the nearest known one is \"" + near + "\"")
                .orElse("unknown word \"" + word + "\"; expected one of the commands " + String.join(", ", commands)
                        + ", or options; " + CommandTree.NAME + " --help explains them");
    }

    private static String unknownOption(String option, CommandLine command) {
        String name = option.replaceFirst("=.*", "");
        List<String> known = Stream.of(command, root(command))
                .distinct()
                .flatMap(each -> each.getCommandSpec().optionsMap().keySet().stream())
                .filter(each -> each.startsWith("--"))
                .toList();
        String help =
                CommandTree.NAME + (command.getParent() == null ? "" : " " + command.getCommandName()) + " --help";
        return Nearest.to(name, known)
                .map(near -> "unknown option \"" + name + "\"; the nearest known one is \"" + near + "\"")
                .orElse("unknown option \"" + name + "\"; " + help + " lists the known ones");
    }

    private static String missing(ArgSpec argument) {
        return argument.isOption()
                ? PREFIX + name(argument) + " has no value; expected " + argument.paramLabel() + " after it"
                : PREFIX + name(argument) + " is missing; expected it behind the command";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static CommandLine root(CommandLine command) {
        return command.getParent() == null ? command : root(command.getParent());
    }
}
