package io.planeproxy.server;

import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.server.admin.RunningProxy;
import io.planeproxy.server.cli.ExitCode;
import io.planeproxy.server.pages.ReloadPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Orders the running proxy to reload, and tells whoever gave the order what came of it. */
final class ReloadCommand {
    private static final int IN_SERVICE = 200;
    private static final int WRONG = 422;

    private final PrintWriter out;
    private final PrintWriter err;

    ReloadCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** @param places where the admin socket may be. @return the exit code */
    int execute(List<Path> places) {
        return switch (RunningProxy.at(places)) {
            case RunningProxy.Found(AdminClient client) -> reload(client, "/reload");
            case RunningProxy.Nowhere(String why) -> {
                err.println("plane-proxy: no running proxy answers (" + why
                        + "); expected one with an admin socket, whose place stands in its log; name it with --admin PATH, run"
                        + " this as its user or as root, or send it SIGHUP");
                yield ExitCode.FAILED;
            }
        };
    }

    /** @param page with its query. @return the exit code */
    int reload(AdminClient client, String page) {
        AdminClient.Answer answer;
        try {
            answer = client.post(page);
        } catch (IOException failure) {
            err.println("plane-proxy: " + client.socket() + ": " + failure.getMessage()
                    + "; expected an answer; its log says more");
            return ExitCode.FAILED;
        }
        if (answer.status() != IN_SERVICE) {
            answer.body().lines().forEach(err::println);
            return answer.status() == WRONG ? ExitCode.WRONG_CONFIGURATION : ExitCode.FAILED;
        }
        answer.body().lines().forEach(line -> (line.startsWith(ReloadPage.WARNING) ? err : out).println(line));
        return ExitCode.GOOD;
    }
}
