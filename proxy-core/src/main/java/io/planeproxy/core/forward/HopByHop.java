package io.planeproxy.core.forward;

import io.planeproxy.core.http.ConnectionOptions;
import io.planeproxy.core.http.Fields;

/** Which received fields end at this hop (RFC 9110 §7.6.1), and which the proxy writes itself. */
final class HopByHop {
    private HopByHop() {}

    static boolean endsHere(Fields fields, int line, ConnectionOptions connection) {
        return switch (fields.known(line)) {
            case CONNECTION,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    PROXY_AUTHORIZATION,
                    PROXY_AUTHENTICATE,
                    PROXY_AUTHENTICATION_INFO,
                    TE,
                    UPGRADE,
                    TRANSFER_ENCODING,
                    CONTENT_LENGTH -> true;
            case HOST,
                    TRAILER,
                    EXPECT,
                    PROXY,
                    HTTP2_SETTINGS,
                    FORWARDED,
                    X_FORWARDED_FOR,
                    X_FORWARDED_PROTO,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PORT,
                    X_REAL_IP,
                    X_ORIGINAL_URL,
                    X_REWRITE_URL,
                    AUTHORIZATION,
                    COOKIE,
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
                    OTHER -> connection.nominates(fields, line);
        };
    }

    /** Fields of a request that no client may set for the upstream: the proxy's own, and those that rewrite a request. */
    static boolean isOurs(Fields fields, int line) {
        return switch (fields.known(line)) {
            case EXPECT,
                    TRAILER,
                    PROXY,
                    HTTP2_SETTINGS,
                    FORWARDED,
                    X_FORWARDED_FOR,
                    X_FORWARDED_PROTO,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PORT,
                    X_REAL_IP,
                    X_ORIGINAL_URL,
                    X_REWRITE_URL,
                    X_REQUEST_ID -> true;
            case OTHER -> fields.nameStartsWith(line, "x-forwarded-") || fields.nameHasUnderscore(line);
            case HOST,
                    CONNECTION,
                    CONTENT_LENGTH,
                    TRANSFER_ENCODING,
                    UPGRADE,
                    TE,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    PROXY_AUTHORIZATION,
                    PROXY_AUTHENTICATE,
                    PROXY_AUTHENTICATION_INFO,
                    AUTHORIZATION,
                    COOKIE,
                    SET_COOKIE,
                    ORIGIN,
                    ACCEPT,
                    USER_AGENT,
                    REFERER,
                    TRACEPARENT,
                    LOCATION,
                    SEC_WEBSOCKET_KEY,
                    SEC_WEBSOCKET_ACCEPT -> false;
        };
    }
}
