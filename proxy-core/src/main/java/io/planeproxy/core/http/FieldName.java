package io.planeproxy.core.http;

import java.util.Locale;

/** A field's name: keeps its spelling, compares without case (RFC 9110 §5.1). */
public final class FieldName {
    private final String spelling;
    private final String folded;

    private FieldName(String spelling) {
        this.spelling = spelling;
        this.folded = spelling.toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the spelling is not an HTTP token */
    public static FieldName of(String spelling) {
        if (!Octets.isToken(spelling)) {
            throw new IllegalArgumentException("\"" + spelling + "\" is not a field name: expected an HTTP token");
        }
        return new FieldName(spelling);
    }

    public String spelling() {
        return spelling;
    }

    /** The name in lower case. */
    public String folded() {
        return folded;
    }

    public KnownField known() {
        return KnownField.of(spelling);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldName name && folded.equals(name.folded);
    }

    @Override
    public int hashCode() {
        return folded.hashCode();
    }

    @Override
    public String toString() {
        return spelling;
    }
}
