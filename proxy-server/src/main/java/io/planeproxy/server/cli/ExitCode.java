package io.planeproxy.server.cli;

/** How the program ends. */
public final class ExitCode {

    /** Everything went as asked. */
    public static final int GOOD = 0;

    /** Anything that is no fault of the configuration: a port in use, a fault of the program. */
    public static final int FAILED = 1;

    /** A wrong configuration, or wrong arguments. */
    public static final int WRONG_CONFIGURATION = 2;

    /** {@code import-nginx}: something that changes behaviour was not carried over. */
    public static final int NOT_CARRIED_OVER = 3;

    private ExitCode() {}
}
