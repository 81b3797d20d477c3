package io.planeproxy.server.peers;

import java.net.URI;

/** A proxy that stands in front of an upstream for one test. */
interface Front extends AutoCloseable {
    /** Where it serves https, without a path; the host is one that the certificate names. */
    URI https();
}
