package io.planeproxy.server.settings;

/** A text that no log and no message shows. */
public final class Secret {
    private final String text;

    Secret(String text) {
        this.text = text;
    }

    static Secret parse(String text) throws Unreadable {
        if (text.isEmpty()) {
            throw new Unreadable("a passphrase", "leave the key out where the private key is not encrypted");
        }
        return new Secret(text);
    }

    /** The secret itself, in a fresh array that the caller may overwrite. */
    public char[] reveal() {
        return text.toCharArray();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
