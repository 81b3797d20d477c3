package io.planeproxy.server.nginx;

import java.util.List;

/** Where a location passes its requests on to. */
sealed interface Target {

    /** @param url of scheme, host and port, as {@code upstream} takes it */
    record To(String url) implements Target {
        Value upstream() {
            return Value.ofRoute("upstream", Value.quoted(url));
        }
    }

    record Impossible(String why) implements Target {}

    /** nginx does not check the certificate of an upstream unless it is told to. */
    default Verdict verdict() {
        return switch (this) {
            case Impossible(String why) -> new Verdict.NotSupported(why);
            case To to ->
                to.url().startsWith("https:")
                        ? new Verdict.Partly(
                                List.of(to.upstream()),
                                to.upstream().assignment(),
                                "its certificate is checked here: it must be for that name, and from an authority that Java"
                                        + " trusts")
                        : Rules.to(to.upstream());
        };
    }
}
