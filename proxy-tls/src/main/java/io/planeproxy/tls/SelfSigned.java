package io.planeproxy.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Makes an identity on the spot: EC P-256, signed by itself. For a demo and for tests; no browser trusts it unasked. */
public final class SelfSigned {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair pair;
    private final X509Certificate certificate;
    private final Instant made;

    private SelfSigned(KeyPair pair, X509Certificate certificate, Instant made) {
        this.pair = pair;
        this.certificate = certificate;
        this.made = made;
    }

    /**
     * @param dns host names, {@code *.example.com} too; at least one name or address is needed
     * @param now it is valid from an hour before, for clocks that differ
     * @param life how long it is valid from {@code now} on
     */
    public static SelfSigned of(List<String> dns, List<InetAddress> addresses, Instant now, Duration life) {
        if (dns.isEmpty() && addresses.isEmpty()) {
            throw new IllegalArgumentException("no name and no address, expected at least one to certify");
        }
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            return new SelfSigned(pair, certified(pair, dns, addresses, now, life), now);
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("this Java cannot make an EC P-256 certificate", impossible);
        }
    }

    private static X509Certificate certified(
            KeyPair pair, List<String> dns, List<InetAddress> addresses, Instant now, Duration life)
            throws OperatorCreationException, IOException, GeneralSecurityException {
        var name = new X500Name("CN=plane-proxy self-signed");
        var alternatives = Stream.concat(
                        dns.stream().map(host -> new GeneralName(GeneralName.dNSName, host)),
                        addresses.stream()
                                .map(address -> new GeneralName(GeneralName.iPAddress, address.getHostAddress())))
                .toArray(GeneralName[]::new);
        var builder = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(127, RANDOM).setBit(126),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(life)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /** The identity, without a file. */
    public ServerIdentity identity() {
        var nowhere = PemFiles.of(Path.of("self-signed"), Path.of("self-signed"));
        return switch (ServerIdentity.proven(nowhere, List.of(certificate), pair.getPrivate(), made)) {
            case Loaded.Ready<ServerIdentity>(var identity, var hints) -> identity;
            case Loaded.Rejected<ServerIdentity>(var problems) ->
                throw new IllegalStateException("a certificate of our own making is not fit: " + problems);
        };
    }

    /** The certificate alone, for a client that shall trust it. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Writes {@code certificate.pem} and {@code key.pem} (PKCS#8, mode 0600) over what was there.
     *
     * @throws IOException when the directory is not there or cannot be written
     */
    public PemFiles writeTo(Path directory) throws IOException {
        var certificateFile = directory.resolve("certificate.pem");
        var keyFile = directory.resolve("key.pem");
        Files.writeString(certificateFile, pem("CERTIFICATE", encoded()));
        writeSecret(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        return new PemFiles(certificateFile, keyFile, Optional.empty());
    }

    private byte[] encoded() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was decoded has no encoding", impossible);
        }
    }

    private static String pem(String type, byte[] content) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }

    /** A new file with its mode from the first moment on, so that nobody reads it in between. */
    private static void writeSecret(Path path, String text) throws IOException {
        Files.deleteIfExists(path);
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(path, Set.copyOf(options), mode);
                var out = Channels.newOutputStream(channel)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
