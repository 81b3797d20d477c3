package io.planeproxy.server.settings;

import java.util.Locale;

/** How the system is asked for what happens on sockets. */
public enum TransportChoice {
    /** The best that the system lets this process have. */
    AUTO,
    IO_URING,
    EPOLL;

    static TransportChoice parse(String text) throws Unreadable {
        for (TransportChoice choice : values()) {
            if (choice.toString().equalsIgnoreCase(text.strip())) {
                return choice;
            }
        }
        throw new Unreadable("auto, io_uring or epoll", "");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
