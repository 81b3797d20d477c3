package io.planeproxy.server.settings;

/**
 * A TCP port.
 *
 * @param number 1 to 65535; 0, which only a listener may have, is any free port
 */
public record Port(int number) {
    static final Port HTTP = new Port(80);
    static final Port HTTPS = new Port(443);

    private static final int HIGHEST = 65_535;

    public Port {
        if (number < 0 || number > HIGHEST) {
            throw new IllegalArgumentException("port " + number + "; expected 0 to " + HIGHEST);
        }
    }

    static Port parse(String text) throws Unreadable {
        Port port = parseForListener(text);
        if (port.isAnyFree()) {
            throw new Unreadable("a port from 1 to " + HIGHEST, "");
        }
        return port;
    }

    static Port parseForListener(String text) throws Unreadable {
        String digits = text.strip();
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > HIGHEST) {
            throw new Unreadable("a port from 1 to " + HIGHEST, "");
        }
        return new Port(Integer.parseInt(digits));
    }

    /** Whether the system is to choose. */
    public boolean isAnyFree() {
        return number == 0;
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
