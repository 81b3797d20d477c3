package io.planeproxy.server.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Asks a running proxy to let requests for one path come here, for a while. */
interface Lender {

    /** Why the proxy cannot be asked. */
    final class CannotLend extends IOException {
        private static final long serialVersionUID = 1L;

        CannotLend(String why) {
            super(why);
        }
    }

    /**
     * @param name a word that nobody can guess
     * @param port of the loopback address, where requests are to go
     * @return the path for them
     * @throws CannotLend where no proxy takes orders, or not from this user
     */
    String lend(String name, int port, Duration time) throws IOException;

    /** The heads of the requests that came, as the proxy read them, a line each. */
    List<List<String>> noted(String name) throws IOException;

    void takeBack(String name) throws IOException;
}
