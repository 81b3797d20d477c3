package io.planeproxy.tls;

/**
 * The JDK refuses renegotiation only by a property of the whole process, which it reads once, before its first
 * handshake. BoringSSL as a server never renegotiates.
 */
final class JdkRenegotiation {
    private static final String REJECT = "jdk.tls.rejectClientInitiatedRenegotiation";

    private JdkRenegotiation() {}

    static void refuse() {
        if (System.getProperty(REJECT) == null) {
            System.setProperty(REJECT, "true");
        }
    }
}
