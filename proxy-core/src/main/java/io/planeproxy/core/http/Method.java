package io.planeproxy.core.http;

import java.util.Set;

/** A request method: any token, case-sensitive (RFC 9110 §9.1). */
public record Method(String name) {
    public static final Method GET = new Method("GET");
    public static final Method HEAD = new Method("HEAD");
    public static final Method POST = new Method("POST");
    public static final Method PUT = new Method("PUT");
    public static final Method PATCH = new Method("PATCH");
    public static final Method DELETE = new Method("DELETE");
    public static final Method OPTIONS = new Method("OPTIONS");
    public static final Method CONNECT = new Method("CONNECT");
    public static final Method TRACE = new Method("TRACE");

    private static final Set<Method> IDEMPOTENT = Set.of(GET, HEAD, PUT, DELETE, OPTIONS);
    private static final Method[] USUAL = {GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS, CONNECT, TRACE};

    public Method {
        if (!Octets.isToken(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a method: expected an HTTP token");
        }
    }

    /** Whether doing it twice has the effect of doing it once (RFC 9110 §9.2.2). */
    public boolean isIdempotent() {
        return IDEMPOTENT.contains(this);
    }

    /** The method that stands at {@code start}; the caller has proven that it is a token. */
    static Method of(byte[] octets, int start, int end) {
        for (Method usual : USUAL) {
            if (isExactly(octets, start, end, usual.name)) {
                return usual;
            }
        }
        return new Method(Octets.text(octets, start, end));
    }

    private static boolean isExactly(byte[] octets, int start, int end, String name) {
        if (end - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (octets[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
