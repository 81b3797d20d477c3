package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;
import java.util.Locale;
import java.util.Optional;

/**
 * The first line of a request (RFC 9112 §3).
 *
 * @param absolute the authority of an absolute-form target
 * @param end where the next line begins
 */
record RequestLine(Method method, Target target, HttpVersion version, Optional<Authority> absolute, int end) {
    private static final int LONGEST_USUAL_METHOD = 20;

    static RequestLine parse(byte[] octets, Scheme scheme) throws Rejection {
        int methodEnd = 0;
        while (Octets.isToken(octets[methodEnd])) {
            methodEnd++;
        }
        if (methodEnd == 0 || octets[methodEnd] != ' ') {
            throw new Rejection(Cause.MALFORMED_REQUEST_LINE, firstLine(octets));
        }
        int targetEnd = methodEnd + 1;
        while (Octets.isTarget(octets[targetEnd])) {
            targetEnd++;
        }
        if (octets[targetEnd] != ' ') {
            throw new Rejection(
                    octets[targetEnd] == '\r' ? Cause.MALFORMED_REQUEST_LINE : Cause.MALFORMED_TARGET,
                    firstLine(octets));
        }
        HttpVersion version = version(octets, targetEnd + 1);
        Method method = Method.of(octets, 0, methodEnd);
        if (method == Method.CONNECT || method == Method.TRACE) {
            throw new Rejection(Cause.METHOD_NOT_SERVED, method.name());
        }
        String target = Octets.text(octets, methodEnd + 1, targetEnd);
        return of(method, target, version, scheme, targetEnd + 11);
    }

    private static RequestLine of(Method method, String target, HttpVersion version, Scheme scheme, int end)
            throws Rejection {
        if (target.startsWith("/")) {
            return new RequestLine(method, Target.origin(target), version, Optional.empty(), end);
        }
        if (target.equals("*") && method == Method.OPTIONS) {
            return new RequestLine(method, Target.ASTERISK, version, Optional.empty(), end);
        }
        return absolute(method, target, version, scheme, end);
    }

    /** RFC 9112 §3.2.2; the scheme must be the connection's, since it can not be changed on the way. */
    private static RequestLine absolute(Method method, String target, HttpVersion version, Scheme scheme, int end)
            throws Rejection {
        int colon = target.indexOf("://");
        String named = colon < 0 ? "" : target.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!named.equals("http") && !named.equals("https")) {
            throw new Rejection(Cause.MALFORMED_TARGET, withoutSecrets(target));
        }
        if (!named.equals(scheme.text())) {
            throw new Rejection(Cause.TARGET_NAMES_ANOTHER_HOST, named + " on a connection that is " + scheme.text());
        }
        int start = colon + 3;
        int authorityEnd = start;
        while (authorityEnd < target.length()
                && target.charAt(authorityEnd) != '/'
                && target.charAt(authorityEnd) != '?') {
            authorityEnd++;
        }
        Authority authority = Authority.of(target.substring(start, authorityEnd))
                .orElseThrow(() -> new Rejection(Cause.MALFORMED_TARGET, withoutSecrets(target)));
        String rest = target.substring(authorityEnd);
        Target origin = rest.isEmpty() && method == Method.OPTIONS
                ? Target.ASTERISK
                : Target.origin(rest.startsWith("/") ? rest : "/" + rest);
        return new RequestLine(method, origin, version, Optional.of(authority), end);
    }

    private static HttpVersion version(byte[] octets, int at) throws Rejection {
        boolean wellFormed = octets.length >= at + 10
                && Octets.text(octets, at, at + 5).equals("HTTP/")
                && isDigit(octets[at + 5])
                && octets[at + 6] == '.'
                && isDigit(octets[at + 7])
                && octets[at + 8] == '\r'
                && octets[at + 9] == '\n';
        if (!wellFormed || octets[at + 5] == '0') {
            throw new Rejection(Cause.MALFORMED_VERSION, firstLine(octets));
        }
        if (octets[at + 5] > '1') {
            throw new Rejection(Cause.VERSION_NOT_SUPPORTED, Octets.text(octets, at, at + 8));
        }
        return octets[at + 7] == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /**
     * The line without what stands behind a question mark, which may be a secret. One that does not even begin as a request does
     * may be part of somebody's body, and is not shown.
     */
    private static String firstLine(byte[] octets) {
        int end = 0;
        while (octets[end] >= 'A' && octets[end] <= 'Z' && end < LONGEST_USUAL_METHOD) {
            end++;
        }
        if (end == 0 || octets[end] != ' ' && octets[end] != '\t') {
            return "a line that begins with no usual method";
        }
        while (octets[end] != '\n' && octets[end] != '\r' && octets[end] != '?') {
            end++;
        }
        return withoutSecrets(Octets.text(octets, 0, end));
    }

    /** The text without query and user information. */
    private static String withoutSecrets(String text) {
        int query = text.indexOf('?');
        String told = query < 0 ? text : text.substring(0, query);
        int at = told.lastIndexOf('@');
        int user = told.indexOf("://");
        return at < 0 || user < 0 || user > at ? told : told.substring(0, user + 3) + "..." + told.substring(at);
    }
}
