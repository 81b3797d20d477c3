package io.planeproxy.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files, sockets among them, this program may have open, and how many connections of clients that allows. */
final class OpenFiles {
    /** Linux: proc_pid_limits(5). */
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private static final Pattern SOFT_LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d{1,18})\\s");

    /** Certificates, logs, the JVM's own, connections that are being refused, and what is just being closed. */
    private static final long FOR_OTHERS = 100;

    private OpenFiles() {}

    /** As many connections as this machine allows; nothing where it does not say. */
    static OptionalInt connections() {
        try {
            return connections(Files.readString(LIMITS));
        } catch (IOException noSuchSystem) {
            return OptionalInt.empty();
        }
    }

    /** Half of what is left, at least 1, because each client may need a connection to the upstream too. */
    static OptionalInt connections(String limits) {
        Matcher limit = SOFT_LIMIT.matcher(limits);
        if (!limit.find()) {
            return OptionalInt.empty();
        }
        long connections = (Long.parseLong(limit.group(1)) - FOR_OTHERS) / 2;
        return OptionalInt.of(Math.clamp(connections, 1, Integer.MAX_VALUE));
    }
}
