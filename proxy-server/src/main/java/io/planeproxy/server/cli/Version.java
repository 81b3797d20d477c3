package io.planeproxy.server.cli;

import java.util.Optional;

/** What this program is called. */
public final class Version {
    private Version() {}

    /** Name, version, and the Java that runs it. */
    static String text() {
        return CommandTree.NAME + " " + number() + " (Java " + Runtime.version() + ")";
    }

    /** As the jar's manifest says it. */
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
