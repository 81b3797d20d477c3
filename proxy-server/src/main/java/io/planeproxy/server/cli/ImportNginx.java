package io.planeproxy.server.cli;

import io.planeproxy.server.nginx.NginxImport;
import io.planeproxy.server.nginx.NginxImport.Result;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command {@code import-nginx}: the configuration goes to standard output, the account of it to the other. */
final class ImportNginx {
    static final String NAME = "import-nginx";

    private static final String SERVER_NAME = "--server-name";
    private static final String FOLDER = "--nginx-folder";

    private ImportNginx() {}

    static CommandSpec spec() {
        CommandSpec command = CommandSpec.create();
        command.usageMessage()
                .description(
                        "Turn a site of nginx into a configuration of this program. The configuration goes to standard output;"
                                + " what became of each directive is told on the error output.",
                        "Exit code 3: something that changes behaviour was not carried over.")
                .sortOptions(false);
        return command.addPositional(PositionalParamSpec.builder()
                        .arity("1")
                        .required(true)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description(
                                "File of the site, such as /etc/nginx/sites-enabled/plane, or nginx's whole nginx.conf.")
                        .build())
                .addOption(OptionSpec.builder(SERVER_NAME)
                        .arity("1")
                        .type(String.class)
                        .paramLabel("NAME")
                        .description("The site that is wanted, where there are several.")
                        .build())
                .addOption(OptionSpec.builder(FOLDER)
                        .arity("1")
                        .type(Path.class)
                        .paramLabel("FOLDER")
                        .description(
                                "Where nginx looks for what the file includes. Default: the folder of the nginx.conf above the file, or"
                                        + " /etc/nginx.")
                        .build());
    }

    static int execute(ParseResult command, Terminal terminal) {
        NginxImport.Order order = new NginxImport.Order(
                command.matchedPositionalValue(0, Path.of("")),
                Optional.ofNullable(command.matchedOptionValue(FOLDER, null)),
                Optional.ofNullable(command.matchedOptionValue(SERVER_NAME, null)));
        return switch (NginxImport.of(order)) {
            case Result.Unreadable(String sentence) -> {
                terminal.complain(sentence);
                yield ExitCode.WRONG_CONFIGURATION;
            }
            case Result.Imported imported -> told(imported, order, terminal);
        };
    }

    private static int told(Result.Imported imported, NginxImport.Order order, Terminal terminal) {
        imported.account().forEach(terminal::complain);
        imported.configuration()
                .ifPresentOrElse(
                        text -> terminal.say(text.stripTrailing()),
                        () -> terminal.complain(CommandTree.NAME + ": no configuration was made: no server"
                                + named(order)
                                + " passes requests for every path (location /) to an http address; write upstream ="
                                + " \"http://ADDRESS:PORT\" by hand"));
        if (imported.unread() > 0) {
            terminal.complain(CommandTree.NAME + ": " + imported.unread()
                    + " of the includes could not be read, see above; expected every file that nginx reads");
            return ExitCode.WRONG_CONFIGURATION;
        }
        return switch (imported.losses()) {
            case NONE -> ExitCode.GOOD;
            case SOME -> ExitCode.NOT_CARRIED_OVER;
        };
    }

    private static String named(NginxImport.Order order) {
        return order.serverName().map(name -> " with the name " + name).orElse("");
    }
}
