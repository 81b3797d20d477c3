package io.planeproxy.server.cli;

import java.util.Optional;

/** What this program is called. */
final class Version {
    private Version() {}

    /** Name, version from the jar's manifest, and the Java that runs it. */
    static String text() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
        return CommandTree.NAME + " " + version + " (Java " + Runtime.version() + ")";
    }
}
