package io.planeproxy.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.util.io.pem.PemObject;

/** Takes the certificates out of a file, in the order in which they stand there. */
final class CertificateFile {
    private CertificateFile() {}

    static Loaded<List<X509Certificate>> certificates(PemFile file) {
        var certificates = new ArrayList<X509Certificate>();
        for (var block : file.blocks()) {
            if (isCertificate(block)) {
                try {
                    certificates.add(decoded(block));
                } catch (CertificateException | RuntimeException damaged) {
                    return rejected(
                            file,
                            "certificate number " + (certificates.size() + 1) + " cannot be decoded: "
                                    + damaged.getMessage() + ". Was the file copied whole? Check it with:"
                                    + " openssl x509 -noout -text -in " + file.path());
                }
            }
        }
        return certificates.isEmpty()
                ? rejected(file, "holds no certificate but " + Contents.listed(file) + ". " + advice(file))
                : new Loaded.Ready<>(certificates);
    }

    private static boolean isCertificate(PemObject block) {
        return switch (block.getType()) {
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> true;
            default -> false;
        };
    }

    private static X509Certificate decoded(PemObject block) throws CertificateException {
        var content = block.getContent();
        var der = block.getType().equals("TRUSTED CERTIFICATE") ? withoutTrust(content) : content;
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte[] withoutTrust(byte[] content) throws CertificateException {
        try {
            return new X509TrustedCertificateBlock(content)
                    .getCertificateHolder()
                    .getEncoded();
        } catch (IOException damaged) {
            throw new CertificateException(damaged);
        }
    }

    private static String advice(PemFile file) {
        if (Contents.has(file, "CERTIFICATE REQUEST") || Contents.has(file, "NEW CERTIFICATE REQUEST")) {
            return "That is a request, as one sends it to a certificate authority; name the file that came back.";
        }
        if (Contents.has(file, "PKCS7") || Contents.has(file, "CMS")) {
            return "Convert it: openssl pkcs7 -print_certs -in " + file.path() + " -out fullchain.pem";
        }
        return "Name the certificate's file here, often fullchain.pem or *.crt.";
    }

    private static Loaded<List<X509Certificate>> rejected(PemFile file, String message) {
        return new Loaded.Rejected<>(PemProblem.ofCertificate(file.path(), message));
    }
}
