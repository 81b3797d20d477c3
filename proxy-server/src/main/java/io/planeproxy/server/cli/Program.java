package io.planeproxy.server.cli;

import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Sources;
import java.util.List;
import java.util.function.Consumer;

/** What the commands do once the command line and the configuration are understood. Exit codes are those of {@link ExitCode}. */
public interface Program {

    /** Comes first in a command that serves: from here on, to be told to end is no failure. */
    void starting();

    /**
     * Says what is wrong with the files that the settings name, or serves until the program is told to end.
     *
     * @return the exit code
     */
    int run(RunOrder order);

    /**
     * Has the proxy that runs on this machine read its configuration again.
     *
     * @return the exit code
     */
    int reload(ReloadOrder order);

    /**
     * Puts a configuration of the history back into its file, and has the proxy that runs read it.
     *
     * @return the exit code
     */
    int rollback(RollbackOrder order);

    /**
     * Shows the proxy at work without a Plane, until the program is told to end.
     *
     * @return the exit code
     */
    int demo(DemoOptions options);

    /**
     * Asks the proxy that serves these settings on this machine whether it answers.
     *
     * @return the exit code
     */
    int health(Settings settings);

    /**
     * Looks over the installation that serves, or is to serve, a configuration; takes as long as its checks do.
     *
     * @param told each finding, in a fixed order
     */
    void examine(Order order, Consumer<Finding> told);

    /** The settings, or every problem, also of the files that are named in a configuration with problems. Opens no socket. */
    Read read(Sources sources);

    /** What is wrong with the files that the settings name: certificates, keys, passphrases. Opens no socket. */
    List<Problem> inspect(Settings settings);
}
