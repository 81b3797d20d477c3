package io.planeproxy.server.cli;

import io.planeproxy.server.settings.Problem;
import java.io.PrintWriter;
import java.util.List;

/** Where a command writes. */
record Terminal(PrintWriter out, PrintWriter err) {

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void complain(String line) {
        err.println(line);
        err.flush();
    }

    /** One line for each problem. */
    void complain(List<Problem> problems) {
        problems.forEach(problem -> complain(problem.text()));
    }
}
