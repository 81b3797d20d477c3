package io.planeproxy.core.upstream;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts into plain words why a handshake with an upstream failed. A TLS engine says little itself; what its certificate check
 * found stands further down in the chain of causes.
 */
final class HandshakeFault {
    private HandshakeFault() {}

    /**
     * One sentence without a full stop, about the upstream as "it".
     *
     * @param host the name or address that the certificate had to be for
     */
    static String describe(Throwable failure, String host) {
        List<Throwable> causes = causes(failure);
        return inTime(causes)
                .or(() -> found(causes, HandshakeFault::isUntrusted)
                        .map(one -> "its certificate is not from an authority that this machine trusts"))
                .or(() -> found(causes, HandshakeFault::isOtherName)
                        .map(one -> "its certificate is for other names than " + host))
                .or(() -> found(causes, NotSslRecordException.class::isInstance)
                        .map(one ->
                                "it does not answer with TLS; where it speaks plain HTTP, write http:// in upstream"))
                .or(() -> found(causes, SslHandshakeTimeoutException.class::isInstance)
                        .map(one -> "it did not finish the TLS handshake in time"))
                .or(() -> found(causes, ClosedChannelException.class::isInstance)
                        .map(one -> "it closed the connection during the TLS handshake;"
                                + " where it speaks plain HTTP, write http:// in upstream"))
                .orElseGet(() -> innermost(causes));
    }

    private static Optional<String> inTime(List<Throwable> causes) {
        return found(causes, CertificateExpiredException.class::isInstance)
                .or(() -> found(causes, HandshakeFault::isExpired))
                .map(one -> "its certificate has expired" + detail(one))
                .or(() -> found(causes, CertificateNotYetValidException.class::isInstance)
                        .map(one -> "its certificate is not valid yet" + detail(one)));
    }

    private static boolean isExpired(Throwable cause) {
        return cause instanceof CertPathValidatorException path
                && path.getReason() == CertPathValidatorException.BasicReason.EXPIRED;
    }

    /** The JDK says {@code NotAfter: } or {@code NotBefore: } and the date. */
    private static String detail(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return words.startsWith("Not") ? " (" + words + ")" : "";
    }

    private static boolean isUntrusted(Throwable cause) {
        return cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException
                || String.valueOf(cause.getMessage()).contains("PKIX path");
    }

    /** The JDK's words for a name that does not fit: "No name matching …", "No subject alternative …". */
    private static boolean isOtherName(Throwable cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof CertificateException
                && (words.startsWith("no name matching") || words.startsWith("no subject alternative"));
    }

    private static String innermost(List<Throwable> causes) {
        Throwable last = causes.getLast();
        return "the TLS handshake failed: "
                + Optional.ofNullable(last.getMessage()).orElse(last.getClass().getSimpleName());
    }

    private static Optional<Throwable> found(List<Throwable> causes, Predicate<Throwable> test) {
        return causes.stream().filter(test).findFirst();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable next = failure; next != null && !causes.contains(next); next = next.getCause()) {
            causes.add(next);
        }
        return causes;
    }
}
