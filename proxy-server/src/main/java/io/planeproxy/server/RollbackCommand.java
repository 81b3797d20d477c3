package io.planeproxy.server;

import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.server.admin.RunningProxy;
import io.planeproxy.server.cli.ExitCode;
import io.planeproxy.server.history.History;
import io.planeproxy.server.history.Kept;
import io.planeproxy.server.history.Kept.SourceText;
import io.planeproxy.server.history.PutBack;
import io.planeproxy.server.pages.ReloadPage;
import io.planeproxy.server.settings.ConfigSource;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the text of then into the configuration file, so that a later start has it too, and lets the running proxy read it. Where that
 * fails, the file gets its text of before back. The proxy itself writes nothing: it mostly may not.
 */
final class RollbackCommand {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, String> environment;
    private final Function<Sources, List<Problem>> inspect;

    /** @param inspect what is wrong with a configuration and its files, for where no proxy runs that could tell */
    RollbackCommand(
            PrintWriter out,
            PrintWriter err,
            Map<String, String> environment,
            Function<Sources, List<Problem>> inspect) {
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.inspect = inspect;
    }

    /**
     * @param folders where the history may be
     * @param sockets where the admin socket may be
     * @return the exit code
     */
    int execute(int number, List<Path> folders, List<Path> sockets) {
        try {
            return to(number, kept(folders), sockets);
        } catch (AccessDeniedException denied) {
            err.println("plane-proxy: " + denied.getMessage()
                    + ": permission denied; expected a user who may read the history and"
                    + " write the configuration file: run this as root. Nothing was changed");
            return ExitCode.FAILED;
        } catch (IOException failure) {
            err.println("plane-proxy: " + failure.getMessage()
                    + "; expected to read the history and to write the configuration file. Nothing was changed");
            return ExitCode.FAILED;
        }
    }

    private static List<Kept> kept(List<Path> folders) throws IOException {
        List<Kept> all = History.firstOf(folders);
        if (all.isEmpty()) {
            throw new IOException(History.nothingIn(folders)
                    + (folders.isEmpty()
                            ? ""
                            : "; name the configuration with --config, where history.folder may stand"));
        }
        return all;
    }

    private int to(int number, List<Kept> all, List<Path> sockets) throws IOException {
        Optional<Kept> then =
                all.stream().filter(kept -> kept.number() == number).findFirst();
        if (then.isEmpty()) {
            return refused(History.unknown(number, all));
        }
        Optional<Path> main = main(then.get());
        Optional<Path> mainNow = main(all.getLast());
        if (main.isEmpty() || !main.equals(mainNow)) {
            return refused("configuration " + number + " was read from "
                    + main.map(Path::toString).orElse("options and variables alone")
                    + ", and what is in service now from "
                    + mainNow.map(Path::toString).orElse("options and variables alone")
                    + "; expected the same file; start plane-proxy with what it had then");
        }
        PutBack putBack = PutBack.of(then.get().files());
        int code = inService(number, main.get(), sockets);
        if (code == ExitCode.GOOD) {
            putBack.written()
                    .forEach(file -> out.println("  " + file + " has the text of " + number
                            + " again; the one before is in " + file + PutBack.BESIDE));
        } else {
            putBack.undo();
            err.println("plane-proxy: not rolled back; the files are as they were, and so is what is in service");
        }
        return code;
    }

    private static Optional<Path> main(Kept kept) {
        return kept.files().stream().findFirst().map(SourceText::file);
    }

    private int refused(String sentence) {
        err.println("plane-proxy: " + sentence);
        return ExitCode.WRONG_CONFIGURATION;
    }

    private int inService(int number, Path main, List<Path> sockets) {
        return switch (RunningProxy.at(sockets)) {
            case RunningProxy.Found(AdminClient client) ->
                new ReloadCommand(out, err).reload(client, "/reload?" + ReloadPage.ROLLBACK + "=" + number);
            case RunningProxy.Nowhere _ -> checked(main);
        };
    }

    private int checked(Path main) {
        List<Problem> problems = inspect.apply(new Sources(new ConfigSource.File(main), environment, Map.of()));
        problems.forEach(problem -> err.println(problem.text()));
        if (!problems.isEmpty()) {
            return ExitCode.WRONG_CONFIGURATION;
        }
        out.println("the configuration is good; no running proxy answers, so start it: systemctl start plane-proxy");
        return ExitCode.GOOD;
    }
}
