package io.planeproxy.core.route;

import io.planeproxy.core.http.Intent;
import java.util.Locale;
import java.util.Set;

/** Which protocols a route lets a client switch to. */
public sealed interface Upgrades {
    Upgrades WEBSOCKET = new Only(Set.of("websocket"));
    Upgrades ANY = new Any();

    /** Exactly these, in lower case, and one at a time. */
    record Only(Set<String> protocols) implements Upgrades {
        public Only {
            protocols = Set.copyOf(protocols);
        }
    }

    record Any() implements Upgrades {}

    /** What of the intent may go on: an upgrade that is not listed becomes an ordinary request. */
    default Intent permit(Intent intent) {
        return switch (intent) {
            case Intent.Plain plain -> plain;
            case Intent.Upgrade upgrade ->
                switch (this) {
                    case Any() -> upgrade;
                    case Only(Set<String> protocols) ->
                        protocols.contains(upgrade.protocol().toLowerCase(Locale.ROOT)) ? upgrade : Intent.PLAIN;
                };
        };
    }
}
