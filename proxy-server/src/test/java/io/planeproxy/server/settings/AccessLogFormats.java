package io.planeproxy.server.settings;

/** Formats of the access log out of their text, for tests elsewhere. */
public final class AccessLogFormats {
    private AccessLogFormats() {}

    public static AccessLogFormat parse(String text) {
        try {
            return AccessLogFormat.parse(text);
        } catch (Unreadable e) {
            throw new AssertionError(e);
        }
    }
}
