package io.planeproxy.server;

import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.server.cli.ExitCode;
import io.planeproxy.server.pages.ReloadPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        List<String> obstacles = new ArrayList<>();
        Optional<AdminClient> running = running(places, obstacles);
        if (running.isPresent()) {
            return reload(running.get(), "/reload");
        }
        err.println("plane-proxy: no running proxy answers (" + seen(obstacles)
                + "); expected one with an admin socket, whose place stands in its log; name it with --admin PATH, run this"
                + " as its user or as root, or send it SIGHUP");
        return ExitCode.FAILED;
    }

    /** The first that answers. @param obstacles is told why those before do not */
    static Optional<AdminClient> running(List<Path> places, List<String> obstacles) {
        for (Path place : places) {
            AdminClient client = new AdminClient(place);
            Optional<String> obstacle = client.obstacle();
            if (obstacle.isEmpty()) {
                return Optional.of(client);
            }
            obstacles.add(obstacle.get());
        }
        return Optional.empty();
    }

    static String seen(List<String> obstacles) {
        return obstacles.isEmpty() ? "admin.socket is off" : String.join("; ", obstacles);
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
