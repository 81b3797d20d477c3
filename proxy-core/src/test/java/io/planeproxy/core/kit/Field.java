package io.planeproxy.core.kit;

/** One field line in the spelling in which it came, without the space around its value. */
public record Field(String name, String value) {
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
