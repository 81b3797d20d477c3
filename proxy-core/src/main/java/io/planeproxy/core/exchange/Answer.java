package io.planeproxy.core.exchange;

import io.planeproxy.core.forward.AddedFields;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.KnownField;
import java.nio.charset.StandardCharsets;

/**
 * A reply of our own, whole.
 *
 * @param status 200 to 599
 * @param reason the reason phrase
 * @param fields without framing, Date and Connection
 * @param body what a client that did not ask with HEAD gets to read
 * @param after what becomes of the connection
 */
public record Answer(int status, String reason, FieldBlock fields, Body body, After after) {

    /** The bytes of an answer. */
    public record Body(String text) {
        public static final Body EMPTY = new Body("");

        public byte[] octets() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Whether the client may send another request on the same connection, provided that this one has been read to its end. */
    public enum After {
        KEEP,
        CLOSE
    }

    /** The same, with these fields where it does not have them. */
    public Answer with(AddedFields added) {
        return new Answer(status, reason, added.completing(fields), body, after);
    }

    /** The same with the name of the request that it answers. */
    public Answer to(RequestId id) {
        FieldBlock named = new FieldBlock.Builder()
                .copy(fields)
                .add(KnownField.X_REQUEST_ID, id.text())
                .build();
        return new Answer(status, reason, named, body, after);
    }

    /** An empty 200, for {@code OPTIONS *}. */
    public static Answer options() {
        FieldBlock allow = new FieldBlock.Builder()
                .add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                .build();
        return new Answer(200, "OK", allow, Body.EMPTY, After.KEEP);
    }

    public static Answer redirect(int status, String location) {
        FieldBlock fields =
                new FieldBlock.Builder().add(KnownField.LOCATION, location).build();
        String reason = status == 301 ? "Moved Permanently" : "Permanent Redirect";
        return new Answer(status, reason, fields, Body.EMPTY, After.KEEP);
    }
}
