package io.planeproxy.launch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** The main class of {@code plane-proxy.jar}. */
public final class Launcher {
    private static final int NEEDED = 25;
    private static final int FAILURE = 1;
    private static final String PROGRAM = "io.planeproxy.server.Main";

    private Launcher() {}

    /**
     * Runs the program with these arguments; on a Java that is too old, prints one sentence to stderr and ends with
     * code 1.
     */
    public static void main(String[] arguments) throws Throwable {
        JavaVersion running = JavaVersion.parse(System.getProperty("java.version"));
        if (running.isAtLeast(NEEDED)) {
            handOver(arguments);
        } else {
            System.err.println(advice(running, arguments).sentence());
            System.exit(FAILURE);
        }
    }

    /** What escapes from the program escapes from here as it was, without a trace of the reflection. */
    private static void handOver(String[] arguments) throws Throwable {
        Method main = Class.forName(PROGRAM).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getTargetException();
        }
    }

    private static Advice advice(JavaVersion running, String[] arguments) {
        String jar = System.getProperty("java.class.path", "plane-proxy.jar");
        return new Advice(running, NEEDED, InstalledJava.onThisMachine(), jar, Arrays.asList(arguments));
    }
}
