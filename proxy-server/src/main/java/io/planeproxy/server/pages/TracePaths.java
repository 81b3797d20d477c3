package io.planeproxy.server.pages;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Paths that are lent for a while to somebody on this machine who looks the way over. */
public interface TracePaths {

    /**
     * @param name a word that nobody else knows
     * @param port of the loopback address, where requests for the path go from now on
     * @param time after which it is taken back in any case
     * @return the path; nothing where too many are lent already
     */
    Optional<String> lend(String name, int port, Duration time);

    /** The heads of the requests that came for it, as they came, a line each. */
    List<List<String>> noted(String name);

    void takeBack(String name);
}
