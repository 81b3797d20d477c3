package io.planeproxy.tls;

import io.planeproxy.tls.PemFile.Purpose;
import java.nio.file.Path;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/** Names the format of a file that is not PEM, and the command that makes PEM of it. */
final class ForeignFormat {
    private ForeignFormat() {}

    static String describe(byte[] bytes, Path path, Purpose purpose) {
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            return "is UTF-16 text, expected ASCII or UTF-8. Convert it: iconv -f utf-16 -t utf-8 " + path + " > "
                    + renamed(path);
        }
        if (startsWith(bytes, 0xFE, 0xED, 0xFE, 0xED)) {
            return "is a Java keystore, expected PEM. Convert it: keytool -importkeystore -srckeystore " + path
                    + " -destkeystore keystore.p12 -deststoretype PKCS12, then: openssl pkcs12 -in keystore.p12 -nodes"
                    + " -out " + renamed(path);
        }
        if (startsWith(bytes, 0x30)) {
            return der(bytes, path, purpose);
        }
        return "is not PEM: no line starts with -----BEGIN. Expected "
                + switch (purpose) {
                    case CERTIFICATE -> "-----BEGIN CERTIFICATE-----";
                    case KEY -> "-----BEGIN PRIVATE KEY-----";
                }
                + " and what follows it.";
    }

    private static String der(byte[] bytes, Path path, Purpose purpose) {
        if (isPkcs12(bytes)) {
            return "is PKCS#12 (.p12, .pfx), expected PEM. Convert it: openssl pkcs12 -in " + path + " -nodes -out "
                    + renamed(path) + "   (certificate and key may then be this one file)";
        }
        var command = switch (purpose) {
            case CERTIFICATE -> "openssl x509 -inform DER -in ";
            case KEY -> "openssl pkey -inform DER -in ";
        };
        return "is DER (binary), expected PEM (text). Convert it: " + command + path + " -out " + renamed(path);
    }

    /** RFC 7292, section 4: a PFX is a sequence that starts with the version 3. */
    private static boolean isPkcs12(byte[] bytes) {
        try {
            return ASN1Primitive.fromByteArray(bytes) instanceof ASN1Sequence pfx
                    && pfx.size() > 1
                    && pfx.getObjectAt(0) instanceof ASN1Integer version
                    && version.hasValue(3);
        } catch (Exception notAsn1) {
            return false;
        }
    }

    private static String renamed(Path path) {
        var name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return path.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "-converted.pem")
                .toString();
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
