package io.planeproxy.tls;

/** The passphrase of a private key. Prints as {@code ***} wherever it is logged or shown. */
public final class Passphrase {
    private final char[] letters;

    private Passphrase(char[] letters) {
        this.letters = letters;
    }

    public static Passphrase of(CharSequence letters) {
        return new Passphrase(letters.toString().toCharArray());
    }

    /** A copy; whoever asks for it wipes it. */
    char[] letters() {
        return letters.clone();
    }

    @Override
    public String toString() {
        return "***";
    }
}
