package io.planeproxy.server;

import io.planeproxy.server.cli.DemoOptions;
import io.planeproxy.server.cli.ExitCode;
import io.planeproxy.server.cli.Program;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Settings;
import java.io.PrintWriter;
import java.util.List;

/** Stands where the engine will be wired in. */
record Unwired(PrintWriter err) implements Program {

    @Override
    public int run(Settings settings) {
        return notYet("run");
    }

    @Override
    public int demo(DemoOptions options) {
        return notYet("demo");
    }

    @Override
    public List<Problem> inspect(Settings settings) {
        return List.of();
    }

    private int notYet(String command) {
        err.println("plane-proxy: " + command + " is not wired yet");
        return ExitCode.FAILED;
    }
}
