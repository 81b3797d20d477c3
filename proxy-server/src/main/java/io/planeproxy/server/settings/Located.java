package io.planeproxy.server.settings;

/**
 * A value together with the place that it came from, for what can only be checked later, such as the content of a file.
 *
 * @param where the place of the value
 * @param key the full key, such as {@code plane-proxy.listeners[0].tls.certificate}
 */
public record Located<T>(T value, Origin where, String key) {

    /** A problem with this value, found after the configuration was read. */
    public Problem problem(String seen, String expected, String advice) {
        return new Problem(where, key, seen, expected, advice);
    }

    @Override
    public String toString() {
        return value + " (" + where.text() + ")";
    }
}
