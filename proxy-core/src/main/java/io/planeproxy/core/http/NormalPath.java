package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;

/**
 * The one normal form of a path. Refuses what two readers could understand differently: dot segments in any spelling
 * (also behind encoded slashes and before parameters), an encoded NUL, a bad percent encoding. Slashes are never merged
 * and case is kept.
 */
final class NormalPath {
    private NormalPath() {}

    static String of(String path) throws Rejection {
        String normal = path.indexOf('%') < 0 ? path : decodeUnreserved(path);
        if (normal.indexOf('.') >= 0 && hasDotSegment(normal)) {
            throw new Rejection(Cause.MALFORMED_PATH, path);
        }
        return normal;
    }

    private static String decodeUnreserved(String path) throws Rejection {
        StringBuilder normal = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                normal.append(c);
                continue;
            }
            if (i + 2 >= path.length()
                    || !Octets.isHexDigit(path.charAt(i + 1))
                    || !Octets.isHexDigit(path.charAt(i + 2))) {
                throw new Rejection(Cause.MALFORMED_PATH, path);
            }
            char decoded = (char) Integer.parseInt(path, i + 1, i + 3, 16);
            if (decoded == 0) {
                throw new Rejection(Cause.MALFORMED_PATH, path);
            }
            if (isUnreserved(decoded)) {
                normal.append(decoded);
            } else {
                normal.append('%').append(upper(path.charAt(i + 1))).append(upper(path.charAt(i + 2)));
            }
            i += 2;
        }
        return normal.toString();
    }

    private static char upper(char c) {
        return c >= 'a' ? (char) (c - 0x20) : c;
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** Whether a segment is {@code .} or {@code ..}, perhaps with parameters, an encoded slash counting as a slash. */
    private static boolean hasDotSegment(String normal) {
        for (int at = normal.indexOf('.'); at >= 0; at = normal.indexOf('.', at + 1)) {
            if (beginsSegment(normal, at)) {
                int end = at + 1;
                if (end < normal.length() && normal.charAt(end) == '.') {
                    end++;
                }
                if (endsSegment(normal, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean beginsSegment(String normal, int at) {
        return at == 0 || normal.charAt(at - 1) == '/' || isEncodedSlash(normal, at - 3);
    }

    private static boolean endsSegment(String normal, int at) {
        return at == normal.length()
                || normal.charAt(at) == '/'
                || normal.charAt(at) == ';'
                || isEncodedSlash(normal, at)
                || normal.startsWith("%3B", at);
    }

    private static boolean isEncodedSlash(String normal, int at) {
        return at >= 0 && (normal.startsWith("%2F", at) || normal.startsWith("%5C", at));
    }
}
