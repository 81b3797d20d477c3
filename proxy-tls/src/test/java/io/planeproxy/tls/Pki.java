package io.planeproxy.tls;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, its intermediate and certificates from it, made anew for each test class. */
record Pki(String name, KeyPair pair, X509Certificate certificate, Instant now) {
    static final Instant NOW = Instant.now();
    private static final AtomicLong SERIALS = new AtomicLong(1000);

    /** A key with its certificate. */
    record Leaf(KeyPair pair, X509Certificate certificate) {}

    static Pki root() throws Exception {
        var pair = ec();
        return new Pki("CN=Root", pair, issue("CN=Root", pair, "CN=Root", pair, true, NOW, Duration.ofDays(90)), NOW);
    }

    Pki intermediate(String subject) throws Exception {
        var fresh = ec();
        return new Pki(subject, fresh, issue(subject, fresh, name, pair, true, now, Duration.ofDays(90)), now);
    }

    Leaf leaf(KeyPair keys, String... names) throws Exception {
        return leaf(keys, now, names);
    }

    Leaf leaf(KeyPair keys, Instant from, String... names) throws Exception {
        return new Leaf(keys, issue("CN=leaf", keys, name, pair, false, from, Duration.ofDays(30), names));
    }

    static KeyPair ec() throws Exception {
        return ec("secp256r1");
    }

    static KeyPair ec(String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    static KeyPair rsa() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    static KeyPair ed25519() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static X509Certificate issue(
            String subject,
            KeyPair of,
            String issuer,
            KeyPair by,
            boolean authority,
            Instant from,
            Duration life,
            String... names)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.valueOf(SERIALS.incrementAndGet()),
                        Date.from(from.minus(Duration.ofHours(1))),
                        Date.from(from.plus(life)),
                        new X500Name(subject),
                        of.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (names.length > 0) {
            var general = new GeneralName[names.length];
            for (int i = 0; i < names.length; i++) {
                var isAddress = names[i].matches("[0-9.]+|.*:.*");
                general[i] = new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, names[i]);
            }
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
        }
        var algorithm = switch (by.getPrivate().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        var signed = builder.build(new JcaContentSignerBuilder(algorithm).build(by.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(signed);
    }

    static String pem(Object... objects) throws Exception {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (var object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }

    static String pkcs8(KeyPair pair) throws Exception {
        return pem(new org.bouncycastle.util.io.pem.PemObject(
                "PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    static Path write(Path directory, String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    static ServerIdentity identity(Leaf leaf, X509Certificate... issuers) {
        var chain = new java.util.ArrayList<>(List.of(leaf.certificate()));
        chain.addAll(List.of(issuers));
        return ready(ServerIdentity.proven(
                PemFiles.of(Path.of("test"), Path.of("test")),
                chain,
                leaf.pair().getPrivate(),
                NOW));
    }

    static <T> T ready(Loaded<T> loaded) {
        return switch (loaded) {
            case Loaded.Ready<T>(T value, var hints) -> value;
            case Loaded.Rejected<T>(var problems) -> throw new AssertionError("expected to be ready, but " + problems);
        };
    }

    /** All problems, one a line. */
    static <T> String problems(Loaded<T> loaded) {
        return switch (loaded) {
            case Loaded.Ready<T> ready -> throw new AssertionError("expected problems, but is " + ready);
            case Loaded.Rejected<T>(var problems) ->
                String.join("\n", problems.stream().map(PemProblem::toString).toList());
        };
    }

    static <T> String hints(Loaded<T> loaded) {
        return switch (loaded) {
            case Loaded.Ready<T>(T value, var hints) ->
                String.join("\n", hints.stream().map(PemProblem::toString).toList());
            case Loaded.Rejected<T>(var problems) -> throw new AssertionError("expected to be ready, but " + problems);
        };
    }
}
