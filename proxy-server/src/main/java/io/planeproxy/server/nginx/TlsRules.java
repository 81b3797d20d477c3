package io.planeproxy.server.nginx;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** TLS with clients. */
final class TlsRules {
    private static final Set<String> BUILT_IN = Set.of("TLSv1.2", "TLSv1.3");

    private TlsRules() {}

    static void addTo(Rules rules) {
        rules.rule(TlsRules::file, "ssl_certificate", "ssl_certificate_key", "ssl_password_file")
                .rule(TlsRules::protocols, "ssl_protocols")
                .rule(
                        (directive, block) -> directive.is("ssl", "on")
                                ? Verdict.Converted.to("tls for the listeners of this server")
                                : new Verdict.NotNeeded("each listen says it"),
                        "ssl")
                .notNeeded(
                        "built in, as in Mozilla's intermediate profile",
                        "ssl_ciphers",
                        "ssl_prefer_server_ciphers",
                        "ssl_ecdh_curve",
                        "ssl_dhparam",
                        "ssl_conf_command")
                .notNeeded(
                        "clients take sessions up again by themselves",
                        "ssl_session_cache",
                        "ssl_session_timeout",
                        "ssl_session_tickets",
                        "ssl_session_ticket_key")
                .notNeeded(
                        "browsers do without a stapled answer of OCSP, and authorities give none any more",
                        "ssl_stapling",
                        "ssl_stapling_verify",
                        "ssl_stapling_file",
                        "ssl_stapling_responder",
                        "ssl_trusted_certificate")
                .notNeededAs(
                        List.of("off"),
                        "clients are asked for no certificate",
                        "clients are asked for no certificate here, so everybody is served whom access lets in",
                        "ssl_verify_client",
                        "ssl_ocsp")
                .notNeeded(
                        "only of use with ssl_verify_client, which is judged by itself",
                        "ssl_client_certificate",
                        "ssl_verify_depth",
                        "ssl_crl",
                        "ssl_ocsp_cache",
                        "ssl_ocsp_responder")
                .notNeededAs(
                        List.of("off"),
                        "it is off",
                        "a client that asks for another name gets the first certificate, and not the end of its handshake",
                        "ssl_reject_handshake");
    }

    private static Verdict file(Directive directive, Block block) {
        String name = directive.value();
        if (!isFile(name)) {
            return new Verdict.NotSupported("a file is expected here; write it to one and name that under tls");
        }
        if (block.own(directive.name()).getFirst() != directive) {
            return new Verdict.NotSupported(
                    "a listener has one certificate for a name; the first of this server is taken");
        }
        String key = switch (directive.name()) {
            case "ssl_certificate" -> "tls.certificate";
            case "ssl_certificate_key" -> "tls.key";
            default -> "tls.passphrase-file";
        };
        return Verdict.Converted.to(key + " = " + Value.quoted(block.file(name).toString()));
    }

    /** Whether a certificate or a key is named by the file that holds it. */
    static boolean isFile(String name) {
        return !name.isBlank()
                && !name.contains("$")
                && name.indexOf('\0') < 0
                && !name.matches("(data|engine|store):.*");
    }

    private static Verdict protocols(Directive directive, Block block) {
        Set<String> asked = new TreeSet<>(directive.arguments());
        if (asked.equals(BUILT_IN)) {
            return new Verdict.NotNeeded("TLS 1.2 and 1.3 are what is spoken");
        }
        Set<String> gone = new TreeSet<>(asked);
        gone.removeAll(BUILT_IN);
        return new Verdict.NotSupported("TLS 1.2 and 1.3 are spoken, no more and no less"
                + (gone.isEmpty() ? "" : "; clients that know only " + String.join(", ", gone) + " are refused"));
    }
}
