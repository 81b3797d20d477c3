package io.planeproxy.server;

import io.planeproxy.server.cli.Commands;
import io.planeproxy.server.cli.Program;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        Termination termination = new Termination();
        Program program = new ServerProgram(out, err, InstantSource.system(), System.getenv(), termination);
        int code = execute(arguments, System.getenv(), out, err, program);
        termination.expectNoMore();
        Logs.finish();
        System.exit(code);
    }

    /**
     * The whole program with everything from outside passed in.
     *
     * @return the exit code
     */
    static int execute(
            String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err, Program program) {
        return new Commands(environment, out, err, program).execute(List.of(arguments));
    }
}
