package io.planeproxy.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names in a certificate's subjectAltName (RFC 6125, RFC 9525); the common name counts no more.
 *
 * @param dns in lower case, a wildcard as {@code *.example.com}
 * @param addresses as text
 */
public record CertificateNames(List<String> dns, List<String> addresses) {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    public CertificateNames {
        dns = List.copyOf(dns);
        addresses = List.copyOf(addresses);
    }

    /** Empty where there is no such extension, or it cannot be read. */
    public static CertificateNames of(X509Certificate certificate) {
        var dns = new ArrayList<String>();
        var addresses = new ArrayList<String>();
        for (var name : alternatives(certificate)) {
            switch ((Integer) name.get(0)) {
                case DNS -> dns.add(((String) name.get(1)).toLowerCase(Locale.ROOT));
                case ADDRESS -> addresses.add((String) name.get(1));
                default -> {}
            }
        }
        return new CertificateNames(dns, addresses);
    }

    /**
     * Whether clients accept it for a host; a wildcard is for one label (RFC 9525, section 6.3).
     *
     * @param host a name, or an address without brackets
     */
    public boolean accept(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        var wildcard = dot > 0 ? "*" + lower.substring(dot) : lower;
        return dns.contains(lower) || dns.contains(wildcard) || addresses.contains(lower);
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            return certificate.getSubjectAlternativeNames() instanceof Collection<List<?>> names ? names : List.of();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return Stream.concat(dns.stream(), addresses.stream()).collect(Collectors.joining(", "));
    }
}
