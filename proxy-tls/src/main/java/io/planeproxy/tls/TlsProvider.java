package io.planeproxy.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.Optional;

/** What does the cryptography of the wire. */
public enum TlsProvider {
    /** BoringSSL through tcnative: several times faster, and the post-quantum group. */
    OPENSSL(SslProvider.OPENSSL_REFCNT),
    /** The JDK's own; everywhere. */
    JDK(SslProvider.JDK);

    private final SslProvider netty;

    TlsProvider(SslProvider netty) {
        this.netty = netty;
    }

    /** OpenSSL where its library loads, else the JDK's. */
    public static TlsProvider best() {
        return OpenSsl.isAvailable() ? OPENSSL : JDK;
    }

    /** Why {@link #best} is not OpenSSL; empty when it is. */
    public static Optional<String> whyNotOpenSsl() {
        return OpenSsl.isAvailable()
                ? Optional.empty()
                : Optional.of(String.valueOf(OpenSsl.unavailabilityCause().getMessage()));
    }

    SslProvider netty() {
        return netty;
    }

    /** BoringSSL is not asked for EdDSA by Netty; no public authority issues it, so the JDK's speed will do. */
    TlsProvider servingFor(ServerIdentity identity) {
        return switch (identity.key().getAlgorithm()) {
            case "EdDSA", "Ed25519" -> JDK;
            default -> this;
        };
    }

    List<String> known(List<String> groups) {
        return switch (this) {
            case OPENSSL -> groups;
            case JDK ->
                groups.stream().filter(group -> !group.equals("X25519MLKEM768")).toList();
        };
    }
}
