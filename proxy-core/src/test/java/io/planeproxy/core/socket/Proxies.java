package io.planeproxy.core.socket;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.ProxyUnderTest;
import java.net.InetSocketAddress;

/** The one place where the tests of this package get their proxy from. */
final class Proxies {
    private Proxies() {}

    /** A proxy with the defaults, in front of this upstream alone. */
    static ProxyUnderTest inFrontOf(InetSocketAddress upstream) {
        return EngineUnderTest.inFrontOf(upstream);
    }

    /** The same, but for bodies of any size. */
    static ProxyUnderTest withoutBodyLimit(InetSocketAddress upstream) {
        return EngineUnderTest.withoutBodyLimit(upstream);
    }
}
