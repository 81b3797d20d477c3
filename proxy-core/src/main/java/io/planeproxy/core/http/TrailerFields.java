package io.planeproxy.core.http;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields behind a chunked body, proven sane (RFC 9112 §7.1.2). */
public record TrailerFields(Fields fields) implements ParsedTrailers {

    /** Those that no other rule of this proxy knows by name. */
    private static final Set<FieldName> NEVER = Stream.of(
                    "Age",
                    "Cache-Control",
                    "Content-Encoding",
                    "Content-Location",
                    "Content-Range",
                    "Content-Type",
                    "Date",
                    "Expires",
                    "If-Match",
                    "If-Modified-Since",
                    "If-None-Match",
                    "If-Range",
                    "If-Unmodified-Since",
                    "Max-Forwards",
                    "Pragma",
                    "Range",
                    "Retry-After",
                    "Vary",
                    "WWW-Authenticate")
            .map(FieldName::of)
            .collect(Collectors.toUnmodifiableSet());

    /** @param octets from the first byte after the last chunk's line to the end of the empty line */
    public static ParsedTrailers parse(byte[] octets) {
        try {
            return new TrailerFields(Fields.parse(octets, 0, octets.length));
        } catch (Rejection rejection) {
            return rejection.malformed();
        }
    }

    /** Without what may never stand in a trailer: framing, routing, authentication, content, caching (RFC 9110 §6.5.1). */
    public FieldBlock relayable() {
        if (fields.size() == 0) {
            return FieldBlock.EMPTY;
        }
        FieldBlock.Builder block = new FieldBlock.Builder();
        for (int line = 0; line < fields.size(); line++) {
            if (fields.known(line) == KnownField.OTHER && !NEVER.contains(FieldName.of(fields.name(line)))) {
                block.copy(fields, line);
            }
        }
        return block.build();
    }
}
