package io.planeproxy.launch;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody reads who started plane-proxy with a Java that is too old. */
final class Advice {
    private final JavaVersion running;
    private final int needed;
    private final List<InstalledJava> installed;
    private final String jar;
    private final List<String> arguments;

    Advice(JavaVersion running, int needed, List<InstalledJava> installed, String jar, List<String> arguments) {
        this.running = running;
        this.needed = needed;
        this.installed = installed;
        this.jar = jar;
        this.arguments = arguments;
    }

    /** One line: which version was found, which is needed, and the command to use, or where to get one. */
    String sentence() {
        return "plane-proxy was started with Java " + running + " and needs Java " + needed + " or newer; "
                + nearest().map(this::command).orElseGet(this::whereToGetOne);
    }

    /** The oldest that will do: it is the one that this release was tested with. */
    private Optional<InstalledJava> nearest() {
        return installed.stream()
                .filter(java -> java.version().isAtLeast(needed))
                .min(Comparator.comparingInt(java -> java.version().feature()));
    }

    private String command(InstalledJava java) {
        StringBuilder command = new StringBuilder("Java " + java.version() + " is on this machine, so use: ");
        command.append(quoted(java.executable().toString())).append(" -jar ").append(quoted(jar));
        for (String argument : arguments) {
            command.append(' ').append(quoted(argument));
        }
        return command.toString();
    }

    /** As a POSIX shell wants it, so that the line can be copied and run. */
    private static String quoted(String word) {
        boolean plain = word.matches("[A-Za-z0-9_@%+=:,./-]+");
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private String whereToGetOne() {
        return "none was found in /usr/lib/jvm, /opt, JAVA_HOME or JDK_HOME, so install one, for example from"
                + " https://adoptium.net/temurin/releases/?version=" + needed
                + ", or use the folder plane-proxy/ of the same build, which brings its own.";
    }
}
