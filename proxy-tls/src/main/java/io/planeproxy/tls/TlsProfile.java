package io.planeproxy.tls;

import java.time.Duration;
import java.util.List;

/** Which versions, suites and groups are spoken. */
public enum TlsProfile {
    /**
     * Mozilla's intermediate profile, <a href="https://wiki.mozilla.org/Security/Server_Side_TLS">Server Side TLS</a>
     * 6.0: every client since about 2015, forward secrecy and authenticated encryption for all.
     */
    INTERMEDIATE(
            List.of("TLSv1.3", "TLSv1.2"),
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1"));

    /** Sessions; enough that every open tab of a large site resumes, some 10 MB where they are kept at all. */
    static final int CACHED_SESSIONS = 20_000;

    /** As Mozilla advises ({@code ssl_session_timeout 1d}). */
    static final Duration SESSION_LIFE = Duration.ofDays(1);

    private final List<String> protocols;
    private final List<String> suites;
    private final List<String> groups;

    TlsProfile(List<String> protocols, List<String> suites, List<String> groups) {
        this.protocols = protocols;
        this.suites = suites;
        this.groups = groups;
    }

    public List<String> protocols() {
        return protocols;
    }

    /** By their IANA names, the preferred first. */
    public List<String> suites() {
        return suites;
    }

    /** By their JSSE names, the preferred first; what a provider does not know is left out there. */
    public List<String> groups() {
        return groups;
    }
}
