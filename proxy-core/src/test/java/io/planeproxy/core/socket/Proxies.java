package io.planeproxy.core.socket;

import io.planeproxy.core.kit.ProxyUnderTest;
import java.net.InetSocketAddress;
import org.opentest4j.TestAbortedException;

/** The one place where the tests of this package get their proxy from. */
final class Proxies {
    private Proxies() {}

    /** A proxy with the defaults, in front of this upstream alone. */
    static ProxyUnderTest inFrontOf(InetSocketAddress upstream) {
        throw new TestAbortedException("there is no engine yet to stand in front of " + upstream);
    }
}
