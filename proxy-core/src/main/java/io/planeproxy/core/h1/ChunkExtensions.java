package io.planeproxy.core.h1;

/** The grammar of chunk extensions (RFC 9112 §7.1.1), which are read only to be dropped. */
final class ChunkExtensions {
    private final String line;
    private int at;

    private ChunkExtensions(String line, int at) {
        this.line = line;
        this.at = at;
    }

    /** Whether the line from {@code start} on is nothing, or a list of extensions. */
    static boolean areWellFormed(String line, int start) {
        ChunkExtensions rest = new ChunkExtensions(line, start);
        while (rest.at < line.length()) {
            if (!rest.extension()) {
                return false;
            }
        }
        return true;
    }

    private boolean extension() {
        blanks();
        if (!take(';')) {
            return false;
        }
        blanks();
        if (!token()) {
            return false;
        }
        int afterName = at;
        blanks();
        if (!take('=')) {
            at = afterName;
            return true;
        }
        blanks();
        return at < line.length() && line.charAt(at) == '"' ? quoted() : token();
    }

    private boolean quoted() {
        at++;
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\') {
                at++;
            }
            if (at >= line.length() || isControl(line.charAt(at))) {
                return false;
            }
            at++;
        }
        return take('"');
    }

    private boolean token() {
        int start = at;
        while (at < line.length() && isTokenCharacter(line.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private void blanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean take(char c) {
        if (at < line.length() && line.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isControl(char c) {
        return c < 0x20 && c != '\t' || c == 0x7f;
    }

    private static boolean isTokenCharacter(char c) {
        return c > 0x20 && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
}
