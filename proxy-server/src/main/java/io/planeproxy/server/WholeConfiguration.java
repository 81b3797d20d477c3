package io.planeproxy.server;

import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A configuration together with the files that it names. */
final class WholeConfiguration {
    private WholeConfiguration() {}

    /**
     * Reads the configuration. Where it has a problem, the certificates and keys that it names are looked at too, so that an operator
     * need not correct it to hear the rest; otherwise who serves it reads them. Blocks on the disk.
     */
    static Read read(Sources sources, Instant now) {
        return switch (SettingsReader.read(sources)) {
            case Read.Good good -> good;
            case Read.Bad(List<Problem> problems) ->
                new Read.Bad(Stream.concat(
                                problems.stream(),
                                Certificates.problems(SettingsReader.identities(sources), now).stream())
                        .toList());
        };
    }
}
