package io.planeproxy.server.peers;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Which proxy the tests with real peers stand behind. */
final class Fronts {
    private Fronts() {}

    /**
     * Starts one; returns when it listens.
     *
     * @param folder an empty folder for what it has to write
     */
    static Front before(InetSocketAddress upstream, SelfSigned identity, Path folder) throws Exception {
        return NginxFront.start(upstream, identity, folder);
    }
}
