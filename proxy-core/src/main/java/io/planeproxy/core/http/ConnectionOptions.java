package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the Connection fields of a message say about this one connection (RFC 9110 §7.6.1). */
public final class ConnectionOptions {
    static final ConnectionOptions NOTHING = new ConnectionOptions(List.of());
    private static final ConnectionOptions KEEP_ALIVE = new ConnectionOptions(List.of(FieldName.of("keep-alive")));
    private static final FieldName CLOSE_OPTION = FieldName.of("close");
    private static final FieldName KEEP_ALIVE_OPTION = FieldName.of("keep-alive");
    private static final FieldName UPGRADE_OPTION = FieldName.of("upgrade");
    private static final int MOST_OF_CLIENT = 10;
    /** More than any server has a reason for, so that what is looked up for each field stays little. */
    private static final int MOST_OF_UPSTREAM = 100;

    private final List<FieldName> names;

    private ConnectionOptions(List<FieldName> names) {
        this.names = names;
    }

    /** Of a reply. */
    static ConnectionOptions toldByUpstream(Fields fields) throws Rejection {
        return of(fields, MOST_OF_UPSTREAM);
    }

    /** Of a request. */
    static ConnectionOptions askedByClient(Fields fields) throws Rejection {
        ConnectionOptions asked = of(fields, MOST_OF_CLIENT);
        for (FieldName name : asked.names) {
            mayBeRemoved(name);
        }
        return asked;
    }

    private static ConnectionOptions of(Fields fields, int most) throws Rejection {
        if (!fields.contains(KnownField.CONNECTION)) {
            return NOTHING;
        }
        List<String> values = fields.all(KnownField.CONNECTION);
        if (values.size() == 1 && values.getFirst().equalsIgnoreCase("keep-alive")) {
            return KEEP_ALIVE;
        }
        List<FieldName> names = new ArrayList<>();
        for (String value : values) {
            addNames(value, most, names);
        }
        return new ConnectionOptions(List.copyOf(names));
    }

    /** Stops at the first name too many: there is room for tens of thousands in a head. */
    private static void addNames(String value, int most, List<FieldName> names) throws Rejection {
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String name = value.substring(start, end).strip();
            if (!name.isEmpty()) {
                if (names.size() == most) {
                    throw new Rejection(Cause.MALFORMED_CONNECTION, "Connection with more than " + most + " names");
                }
                names.add(nameOf(name));
            }
            start = end + 1;
        }
    }

    private static FieldName nameOf(String name) throws Rejection {
        if (!Octets.isToken(name)) {
            throw new Rejection(Cause.MALFORMED_CONNECTION, "Connection: " + name);
        }
        return FieldName.of(name);
    }

    /** Refuses what a client may not have removed: the removal would change what the request means or who sent it. */
    private static void mayBeRemoved(FieldName name) throws Rejection {
        boolean forbidden = switch (name.known()) {
            case HOST, CONTENT_LENGTH, TRANSFER_ENCODING, AUTHORIZATION, COOKIE, X_REAL_IP -> true;
            // The names below and all others are harmless to remove.
            case CONNECTION,
                    TRAILER,
                    UPGRADE,
                    EXPECT,
                    TE,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    PROXY_AUTHORIZATION,
                    PROXY_AUTHENTICATE,
                    PROXY_AUTHENTICATION_INFO,
                    PROXY,
                    HTTP2_SETTINGS,
                    FORWARDED,
                    X_ORIGINAL_URL,
                    X_REWRITE_URL,
                    SET_COOKIE,
                    ORIGIN,
                    ACCEPT,
                    USER_AGENT,
                    REFERER,
                    X_REQUEST_ID,
                    TRACEPARENT,
                    LOCATION,
                    SEC_WEBSOCKET_KEY,
                    SEC_WEBSOCKET_ACCEPT,
                    OTHER -> name.folded().startsWith("x-forwarded-");
            case X_FORWARDED_FOR, X_FORWARDED_PROTO, X_FORWARDED_HOST, X_FORWARDED_PORT -> true;
        };
        if (forbidden) {
            throw new Rejection(Cause.MALFORMED_CONNECTION, "Connection: " + name.spelling());
        }
    }

    public boolean close() {
        return names.contains(CLOSE_OPTION);
    }

    public boolean keepAlive() {
        return names.contains(KEEP_ALIVE_OPTION);
    }

    public boolean upgrade() {
        return names.contains(UPGRADE_OPTION);
    }

    /** Whether that line of the message was meant for this connection only. */
    public boolean nominates(Fields fields, int line) {
        for (int i = 0; i < names.size(); i++) {
            if (fields.nameEquals(line, names.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the sender keeps the connection open after this message (RFC 9112 §9.3). */
    public boolean persists(HttpVersion version) {
        return switch (version) {
            case HTTP_1_1 -> !close();
            case HTTP_1_0 -> keepAlive() && !close();
        };
    }

    @Override
    public String toString() {
        return names.toString().toLowerCase(Locale.ROOT);
    }
}
