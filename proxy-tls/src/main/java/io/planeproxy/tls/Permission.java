package io.planeproxy.tls;

/** What a step of a path needs; the bit is that of the "others" triplet of the mode. */
enum Permission {
    READ(4, "r", "read the file"),
    ENTER(1, "x", "pass through the directory");

    final int bit;
    final String letter;
    final String words;

    Permission(int bit, String letter, String words) {
        this.bit = bit;
        this.letter = letter;
        this.words = words;
    }
}
