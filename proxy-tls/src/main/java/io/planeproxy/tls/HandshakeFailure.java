package io.planeproxy.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts into one sentence why a handshake with a client failed. The libraries' own words are kept only as a last resort. */
public enum HandshakeFailure {
    NOT_TLS("what the client sent is not TLS"),
    HELLO_TOO_LARGE("the client's hello is too large"),
    OLD_VERSION("the client offers only versions of TLS before 1.2"),
    NO_SHARED_SUITE("the client and this proxy have no cipher suite in common"),
    NO_SHARED_GROUP("the client and this proxy have no key exchange group in common"),
    NO_SHARED_SIGNATURE("the client does not know the kind of signature of our certificate's key"),
    AUTHORITY_UNKNOWN("the client rejected our certificate: it does not trust who issued it"
            + " (self-signed, or the chain lacks the intermediate)"),
    CERTIFICATE_EXPIRED("the client rejected our certificate as expired or not yet valid (or its clock is wrong)"),
    CERTIFICATE_REJECTED("the client rejected our certificate"),
    UNKNOWN_NAME("the client does not know the name in our certificate"),
    /** OpenSSL's clients send their alert in clear where TLS 1.3 wants it encrypted; BoringSSL cannot tell what it says. */
    BROKEN_OFF(
            "the client broke the handshake off unreadably, as OpenSSL's clients do when they reject our certificate"),
    ALERT("the client ended the handshake with an alert"),
    TIMEOUT("the client did not finish the handshake in time"),
    WENT_AWAY("the client closed the connection during the handshake"),
    UNKNOWN("the handshake failed");

    private final String sentence;

    HandshakeFailure(String sentence) {
        this.sentence = sentence;
    }

    /** One plain sentence without a full stop, for a log line. */
    public static String describe(Throwable cause) {
        var failure = of(cause);
        return switch (failure) {
            case UNKNOWN, ALERT -> failure.sentence + ": " + innermost(cause);
            case NOT_TLS,
                    HELLO_TOO_LARGE,
                    OLD_VERSION,
                    NO_SHARED_SUITE,
                    NO_SHARED_GROUP,
                    NO_SHARED_SIGNATURE,
                    AUTHORITY_UNKNOWN,
                    CERTIFICATE_EXPIRED,
                    CERTIFICATE_REJECTED,
                    UNKNOWN_NAME,
                    BROKEN_OFF,
                    TIMEOUT,
                    WENT_AWAY -> failure.sentence;
        };
    }

    public static HandshakeFailure of(Throwable cause) {
        var causes = causes(cause);
        if (causes.stream().anyMatch(SslHandshakeTimeoutException.class::isInstance)) {
            return TIMEOUT;
        }
        for (var one : causes) {
            var known = Words.match(String.valueOf(one.getMessage()));
            if (known != UNKNOWN) {
                return known;
            }
        }
        if (causes.stream().anyMatch(NotSslRecordException.class::isInstance)) {
            return NOT_TLS;
        }
        return causes.stream().anyMatch(HandshakeFailure::isGone) ? WENT_AWAY : UNKNOWN;
    }

    private static boolean isGone(Throwable cause) {
        return cause instanceof ClosedChannelException
                || cause instanceof IOException io
                        && String.valueOf(io.getMessage()).matches("(?i).*(connection reset|broken pipe).*");
    }

    private static String innermost(Throwable cause) {
        var last = causes(cause).stream().reduce(cause, (earlier, later) -> later);
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    private static Set<Throwable> causes(Throwable cause) {
        var causes = new LinkedHashSet<Throwable>();
        for (var next = cause; next != null && causes.add(next); next = next.getCause()) {}
        return causes;
    }

    /** How BoringSSL, Netty and the JDK word it, in this order; the first that fits counts. */
    private enum Words {
        SIZE(HELLO_TOO_LARGE, "excessive_message_size|clienthello length exceeds|exceeds the maximum allowed size"),
        VERSION(
                OLD_VERSION,
                "unsupported_protocol|client requested protocol .* not enabled|supported protocol versions"
                        + "|alert_protocol_version|no appropriate protocol"),
        SUITE(NO_SHARED_SUITE, "no_shared_cipher|no cipher suites in common"),
        GROUP(NO_SHARED_GROUP, "no_shared_group|wrong_curve|no .*named group|handshake_failure_on_client_hello"),
        SIGNATURE(NO_SHARED_SIGNATURE, "no_common_signature|no .*signature (scheme|algorithm)"),
        AUTHORITY(AUTHORITY_UNKNOWN, "alert[_: ]+unknown_ca"),
        EXPIRED(HandshakeFailure.CERTIFICATE_EXPIRED, "alert[_: ]+certificate_expired"),
        REJECTED(
                CERTIFICATE_REJECTED,
                "alert[_: ]+(bad_certificate|certificate_unknown|unsupported_certificate|certificate_revoked)"),
        NAME(UNKNOWN_NAME, "alert[_: ]+unrecognized_name"),
        CLEAR_ALERT(BROKEN_OFF, ":bad_packet_length"),
        RECORD(NOT_TLS, "wrong_version_number|unrecognized ssl message|not an ssl/tls record"),
        OTHER_ALERT(HandshakeFailure.ALERT, "received fatal alert|(sslv3|tlsv1)_alert_"),
        GONE(WENT_AWAY, "closed before|close_notify during handshake|closing inbound before");

        private final HandshakeFailure failure;
        private final Pattern pattern;

        Words(HandshakeFailure failure, String pattern) {
            this.failure = failure;
            this.pattern = Pattern.compile(pattern);
        }

        static HandshakeFailure match(String message) {
            var lower = message.toLowerCase(Locale.ROOT);
            for (var words : values()) {
                if (words.pattern.matcher(lower).find()) {
                    return words.failure;
                }
            }
            return UNKNOWN;
        }
    }
}
