package io.planeproxy.server.settings;

/**
 * One value of a configuration as a whole, whatever source it came from.
 *
 * @param key the full key, such as {@code plane-proxy.listeners[0].port}
 * @param value as it would be written, and never a secret
 */
public record EffectiveValue(String key, String value, Origin where) {

    /** As an operator reads it: {@code plane-proxy.max-body = 25M  (PLANE_PROXY_MAX_BODY)}. */
    @Override
    public String toString() {
        return key + " = " + value + "  (" + where.text() + ")";
    }
}
