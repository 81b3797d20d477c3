package io.planeproxy.server;

import io.netty.util.NetUtil;
import io.planeproxy.server.admin.AdminEndpoint;
import io.planeproxy.server.admin.AdminSocketPath;
import io.planeproxy.server.settings.AdminSettings;
import io.planeproxy.server.settings.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the admin endpoint where the settings say. */
final class AdminDoors {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private AdminDoors() {}

    /** @throws CannotStart where the operator asked for a door that cannot be opened */
    static void open(AdminEndpoint endpoint, AdminSettings settings, Map<String, String> environment)
            throws CannotStart {
        Optional<Path> path = AdminSocketPath.toOpen(settings.socket().value(), environment);
        if (path.isPresent()) {
            openSocket(endpoint, settings, path.get());
        } else if (settings.socket().value() instanceof Place.Automatic) {
            LOG.info("no admin socket for reload, status page and doctor: {}", AdminSocketPath.NOWHERE);
        }
        switch (settings.listen().value()) {
            case AdminSettings.Loopback.Off() -> {}
            case AdminSettings.Loopback.At(var address, var port) ->
                openPort(endpoint, settings, new InetSocketAddress(address, port.number()));
        }
    }

    private static void openSocket(AdminEndpoint endpoint, AdminSettings settings, Path path) throws CannotStart {
        try {
            endpoint.open(path);
            LOG.info("taking orders at {}", path);
        } catch (IOException failure) {
            String sentence = settings.socket()
                    .problem(String.valueOf(failure.getMessage()), "", "")
                    .text();
            switch (settings.socket().value()) {
                case Place.At _, Place.Off _ -> throw new CannotStart(sentence, failure);
                // Nobody asked for it in so many words, and it is served all the same.
                case Place.Automatic() -> LOG.warn("no admin socket: {}", sentence);
            }
        }
    }

    private static void openPort(AdminEndpoint endpoint, AdminSettings settings, InetSocketAddress asked)
            throws CannotStart {
        try {
            InetSocketAddress address = endpoint.open(asked);
            LOG.info("answering questions at http://{}", NetUtil.toSocketAddressString(address));
        } catch (IOException failure) {
            throw new CannotStart(
                    settings.listen()
                            .problem(
                                    "cannot listen on " + settings.listen().value() + ": " + failure.getMessage(),
                                    "a free port of the loopback address",
                                    "choose another")
                            .text(),
                    failure);
        }
    }
}
