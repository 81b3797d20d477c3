package io.planeproxy.core.forward;

import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.FieldName;
import io.planeproxy.core.http.Fields;
import java.util.List;

/**
 * Fields that the proxy adds to replies and to its own answers, such as Strict-Transport-Security; one that is there already
 * is left as it is and never doubled.
 */
public record AddedFields(List<Added> fields) {
    public static final AddedFields NONE = new AddedFields(List.of());

    public AddedFields {
        fields = List.copyOf(fields);
    }

    /** @param value what may stand in a field (RFC 9110 §5.5) */
    public record Added(FieldName name, String value) {}

    /** Adds those that the reply does not have. */
    void addTo(FieldBlock.Builder block, Fields received) {
        for (Added added : fields) {
            if (!has(received, added.name())) {
                block.add(added.name().spelling(), added.value());
            }
        }
    }

    /** The fields of an answer of our own, and those that it does not have. */
    public FieldBlock completing(FieldBlock own) {
        FieldBlock.Builder block = new FieldBlock.Builder().copy(own);
        for (Added added : fields) {
            if (!own.contains(added.name())) {
                block.add(added.name().spelling(), added.value());
            }
        }
        return block.build();
    }

    private static boolean has(Fields received, FieldName name) {
        for (int line = 0; line < received.size(); line++) {
            if (received.nameEquals(line, name)) {
                return true;
            }
        }
        return false;
    }
}
