package io.planeproxy.core.engine;

/**
 * How many client connections may be open at the same time, for all event loops and listeners together.
 *
 * @param inAll {@link Integer#MAX_VALUE} for no limit
 * @param perAddress from one client address; {@link Integer#MAX_VALUE} for no limit
 */
public record ConnectionLimit(int inAll, int perAddress) {
    public static ConnectionLimit none() {
        return new ConnectionLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
