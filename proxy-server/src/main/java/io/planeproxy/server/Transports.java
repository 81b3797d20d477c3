package io.planeproxy.server;

import io.planeproxy.core.engine.Transport;
import io.planeproxy.server.settings.TransportChoice;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which transport a choice comes to on this machine. */
final class Transports {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private Transports() {}

    /** What was chosen, or the best where that is not to be had. */
    static Transport of(TransportChoice choice) {
        Transport chosen = chosen(choice);
        return chosen.isAvailable() ? chosen : Transport.best();
    }

    private static Transport chosen(TransportChoice choice) {
        return switch (choice) {
            case AUTO -> Transport.best();
            case IO_URING -> Transport.IO_URING;
            case EPOLL -> Transport.EPOLL;
        };
    }

    /** Says which it is, and why it is not another. */
    static void tell(TransportChoice choice) {
        Transport transport = of(choice);
        Transport wanted = choice == TransportChoice.AUTO ? Transport.IO_URING : chosen(choice);
        wanted.whyNot()
                .ifPresentOrElse(
                        why -> level(choice)
                                .accept("sockets by " + text(transport) + ": " + text(wanted)
                                        + " is not to be had here (" + why + ")"),
                        () -> LOG.info("sockets by {}", text(transport)));
    }

    /** Who asked for it must know that it is not so; who did not need not care. */
    private static Consumer<String> level(TransportChoice choice) {
        return choice == TransportChoice.AUTO ? LOG::info : LOG::warn;
    }

    private static String text(Transport transport) {
        return switch (transport) {
            case IO_URING -> "io_uring";
            case EPOLL -> "epoll";
            case JDK -> "the JDK";
        };
    }
}
