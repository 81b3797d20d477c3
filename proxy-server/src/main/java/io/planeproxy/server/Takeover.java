package io.planeproxy.server;

import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.server.admin.AdminSocketPath;
import io.planeproxy.server.admin.RunningProxy;
import io.planeproxy.server.handover.Predecessor;
import io.planeproxy.server.settings.Located;
import io.planeproxy.server.settings.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process before this one, where this one is to take its place. */
sealed interface Takeover {
    Logger LOG = LoggerFactory.getLogger("plane-proxy");

    /** There is none, or none that is to go. */
    record FromNobody() implements Takeover {}

    /** @param inherited the sockets it has handed over */
    record From(Predecessor predecessor, InheritedSockets inherited) implements Takeover {}

    /**
     * Asks the process that answers at the admin socket for its sockets. Where none answers there is nobody to take over from,
     * and this one starts like any other.
     *
     * @throws CannotStart where it answers and cannot hand over
     */
    static Takeover at(Located<Place> socket, Map<String, String> environment) throws CannotStart {
        List<Path> places = AdminSocketPath.toAsk(socket.value(), environment);
        if (places.isEmpty()) {
            throw new CannotStart(
                    socket.problem("off, and the running proxy is to be replaced", "the socket of that one", "name it")
                            .text(),
                    new IllegalStateException("no admin socket"));
        }
        return switch (RunningProxy.at(places)) {
            case RunningProxy.Found(AdminClient client) -> from(new Predecessor(client));
            case RunningProxy.Nowhere(String why) -> {
                LOG.info("nothing to replace ({})", why);
                yield new FromNobody();
            }
        };
    }

    private static Takeover from(Predecessor predecessor) throws CannotStart {
        try {
            return new From(predecessor, predecessor.sockets());
        } catch (IOException failure) {
            throw new CannotStart("plane-proxy: nothing was replaced: " + failure.getMessage(), failure);
        }
    }

    /**
     * To be called when everything is served here.
     *
     * @throws CannotStart where it does not go; then it is this process that has to
     */
    default void complete() throws CannotStart {
        switch (this) {
            case FromNobody() -> {}
            case From(Predecessor predecessor, InheritedSockets inherited) -> {
                try {
                    predecessor.retire();
                    inherited.closeUnused();
                } catch (IOException failure) {
                    throw new CannotStart(
                            "plane-proxy: the running proxy goes on, and this one ends: " + failure.getMessage(),
                            failure);
                }
            }
        }
    }
}
