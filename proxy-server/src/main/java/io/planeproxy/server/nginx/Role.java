package io.planeproxy.server.nginx;

import java.util.List;

/** What a block amounts to in the new configuration. */
sealed interface Role {

    /** It holds for everything. */
    record Everything() implements Role {}

    /** It holds for these paths. */
    record Route(List<String> paths) implements Role {
        public Route {
            paths = List.copyOf(paths);
        }
    }

    /** Another server in front of the same paths. */
    record Same(Server main) implements Role {}

    /** Only redirects. */
    record Redirecting() implements Role {}

    /** Without it all would be the same. */
    record Needless(String why) implements Role {}

    /** It is for another site than the one that was asked for. */
    record OtherSite(String why) implements Role {}

    /** It cannot be carried over, and so nothing in it. */
    record Lost(String why) implements Role {}
}
