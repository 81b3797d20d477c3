package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** From bytes to a {@link RequestHead}, or to the first rule that they break. */
final class RequestParser {
    private static final Set<String> OTHER_CODINGS = Set.of("gzip", "x-gzip", "deflate", "compress", "x-compress");

    private RequestParser() {}

    static RequestHead parse(byte[] octets, Scheme scheme) throws Rejection {
        RequestLine line = RequestLine.parse(octets, scheme);
        Fields fields = Fields.parse(octets, line.end(), octets.length);
        Optional<Authority> authority = authority(line, fields, scheme);
        ConnectionOptions connection = ConnectionOptions.askedByClient(fields);
        BodyLength body = body(line.version(), fields);
        Expectation expectation = expectation(line.version(), fields, body);
        Intent intent = intent(line, fields, connection, body);
        return new RequestHead(line, fields, authority, connection, body, expectation, intent);
    }

    /** RFC 9112 §3.2: exactly one Host, and an absolute-form target must not name another. */
    private static Optional<Authority> authority(RequestLine line, Fields fields, Scheme scheme) throws Rejection {
        int hosts = fields.count(KnownField.HOST);
        if (hosts > 1) {
            throw new Rejection(Cause.MALFORMED_TWO_HOSTS, hosts + " Host fields");
        }
        if (hosts == 0) {
            return switch (line.version()) {
                case HTTP_1_1 -> throw new Rejection(Cause.MALFORMED_NO_HOST, "no Host");
                case HTTP_1_0 -> line.absolute();
            };
        }
        Authority host = Authority.parse(fields.first(KnownField.HOST).orElse(""));
        if (line.absolute().isPresent() && !line.absolute().get().names(host, scheme)) {
            throw new Rejection(
                    Cause.TARGET_NAMES_ANOTHER_HOST, line.absolute().get() + " in the target, " + host + " in Host");
        }
        return Optional.of(host);
    }

    /** RFC 9112 §6.3, and stricter: nothing that two readers could measure differently. */
    private static BodyLength body(HttpVersion version, Fields fields) throws Rejection {
        if (fields.contains(KnownField.TRANSFER_ENCODING)) {
            return transferEncoded(version, fields);
        }
        List<String> lengths =
                fields.contains(KnownField.CONTENT_LENGTH) ? fields.all(KnownField.CONTENT_LENGTH) : List.of();
        return switch (lengths.size()) {
            case 0 -> BodyLength.NONE;
            case 1 -> ContentLength.parse(lengths.getFirst());
            default -> throw new Rejection(Cause.MALFORMED_CONTENT_LENGTH, lengths.size() + " Content-Length fields");
        };
    }

    private static BodyLength transferEncoded(HttpVersion version, Fields fields) throws Rejection {
        List<String> codings = fields.all(KnownField.TRANSFER_ENCODING);
        if (fields.contains(KnownField.CONTENT_LENGTH)) {
            throw new Rejection(Cause.MALFORMED_TRANSFER_ENCODING, "Transfer-Encoding and Content-Length together");
        }
        if (version == HttpVersion.HTTP_1_0) {
            throw new Rejection(Cause.MALFORMED_TRANSFER_ENCODING, "Transfer-Encoding on HTTP/1.0");
        }
        if (codings.size() > 1) {
            throw new Rejection(Cause.MALFORMED_TRANSFER_ENCODING, codings.size() + " Transfer-Encoding fields");
        }
        String coding = codings.getFirst();
        if (coding.equalsIgnoreCase("chunked")) {
            return BodyLength.CHUNKED;
        }
        throw new Rejection(
                isKnownOtherCoding(coding) ? Cause.TRANSFER_CODING_NOT_IMPLEMENTED : Cause.MALFORMED_TRANSFER_ENCODING,
                "Transfer-Encoding: " + coding);
    }

    /** Well-formed and framed by a last "chunked", but with a coding in front that is not implemented here. */
    private static boolean isKnownOtherCoding(String coding) {
        String[] elements = coding.toLowerCase(Locale.ROOT).split(",", -1);
        for (int i = 0; i < elements.length - 1; i++) {
            if (!OTHER_CODINGS.contains(elements[i].strip())) {
                return false;
            }
        }
        return elements.length > 1 && elements[elements.length - 1].strip().equals("chunked");
    }

    /** RFC 9110 §10.1.1: HTTP/1.0 knows no expectations, and without a body there is nothing to wait with. */
    private static Expectation expectation(HttpVersion version, Fields fields, BodyLength body) throws Rejection {
        if (!fields.contains(KnownField.EXPECT) || version == HttpVersion.HTTP_1_0) {
            return Expectation.NONE;
        }
        for (String value : fields.all(KnownField.EXPECT)) {
            if (!value.equalsIgnoreCase("100-continue")) {
                throw new Rejection(Cause.EXPECTATION_NOT_MET, "Expect: " + value);
            }
        }
        return body.isEmpty() ? Expectation.NONE : Expectation.CONTINUE;
    }

    /** RFC 9110 §7.8: an Upgrade counts only with its connection option, on HTTP/1.1, and here only without a body. */
    private static Intent intent(RequestLine line, Fields fields, ConnectionOptions connection, BodyLength body) {
        if (!connection.upgrade()
                || !fields.contains(KnownField.UPGRADE)
                || line.version() == HttpVersion.HTTP_1_0
                || !body.isEmpty()) {
            return Intent.PLAIN;
        }
        String protocol = String.join(", ", fields.all(KnownField.UPGRADE));
        if (protocol.isEmpty()) {
            return Intent.PLAIN;
        }
        List<String> keys = fields.all(KnownField.SEC_WEBSOCKET_KEY);
        Intent.Upgrade upgrade =
                new Intent.Upgrade(protocol, keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty());
        // RFC 6455 §4.1: a WebSocket handshake is a GET.
        return upgrade.isWebSocket() && line.method() != Method.GET ? Intent.PLAIN : upgrade;
    }
}
