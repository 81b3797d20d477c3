package io.planeproxy.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Takes the one private key out of a file: PKCS#8, PKCS#1 or SEC1, plain or encrypted. */
final class PrivateKeyFile {
    /** prime256v1, secp384r1, secp521r1. */
    private static final Set<String> CURVES = Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

    private final PemFile file;
    private final Optional<Passphrase> passphrase;

    private PrivateKeyFile(PemFile file, Optional<Passphrase> passphrase) {
        this.file = file;
        this.passphrase = passphrase;
    }

    static Loaded<PrivateKey> key(PemFile file, Optional<Passphrase> passphrase) {
        var keys = blocks(file);
        if (keys.isEmpty()) {
            return rejected(file.path(), "holds no private key but " + Contents.listed(file) + ". " + advice(file));
        }
        if (keys.size() > 1) {
            return rejected(
                    file.path(), "holds " + keys.size() + " private keys, expected one. Leave only the certificate's.");
        }
        return new PrivateKeyFile(file, passphrase).read(keys.getFirst());
    }

    static List<PemObject> blocks(PemFile file) {
        return file.blocks().stream()
                .filter(block -> block.getType().endsWith("PRIVATE KEY"))
                .toList();
    }

    private static String advice(PemFile file) {
        return Contents.has(file, "CERTIFICATE")
                ? "Name the key's own file here, often privkey.pem or *.key."
                : "Expected -----BEGIN PRIVATE KEY-----.";
    }

    private Loaded<PrivateKey> read(PemObject block) {
        try {
            return switch (parsed(block)) {
                case PrivateKeyInfo plain -> plain(plain);
                case PEMKeyPair plain -> plain(plain.getPrivateKeyInfo());
                case PKCS8EncryptedPrivateKeyInfo sealed -> open(letters -> decrypted(sealed, letters));
                case PEMEncryptedKeyPair sealed ->
                    open(letters -> sealed.decryptKeyPair(new BcPEMDecryptorProvider(letters))
                            .getPrivateKeyInfo());
                case Object other -> rejected(notForTls(block));
            };
        } catch (IOException | RuntimeException damaged) {
            return rejected("the block " + block.getType() + " cannot be decoded: " + damaged.getMessage()
                    + ". Was the file copied whole?" + check());
        }
    }

    private static Object parsed(PemObject block) throws IOException {
        if (block.getType().startsWith("OPENSSH")) {
            return block;
        }
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(block);
        }
        try (var parser = new PEMParser(new StringReader(text.toString()))) {
            return parser.readObject() instanceof Object known ? known : block;
        }
    }

    private interface Opening {
        PrivateKeyInfo with(char[] letters) throws IOException, PKCSException, OperatorCreationException;
    }

    private static PrivateKeyInfo decrypted(PKCS8EncryptedPrivateKeyInfo sealed, char[] letters)
            throws PKCSException, OperatorCreationException {
        // The provider is not registered: only here is an algorithm needed that the JDK may lack (scrypt, old PBE).
        return sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                .setProvider(new BouncyCastleProvider())
                .build(letters));
    }

    private Loaded<PrivateKey> open(Opening opening) {
        if (passphrase.isEmpty()) {
            return rejected(PemProblem.ofPassphrase(
                    file.path(),
                    "the key is encrypted and no passphrase was given. Give its passphrase, or store it without:"
                            + " openssl pkey -in " + file.path() + " -out key-without-passphrase.pem"));
        }
        var letters = passphrase.get().letters();
        try {
            return decoded(opening.with(letters));
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException undecipherable) {
            return rejected(PemProblem.ofPassphrase(
                    file.path(), "the passphrase that was given does not open the key." + check()));
        } finally {
            Arrays.fill(letters, '\0');
        }
    }

    private Loaded<PrivateKey> plain(PrivateKeyInfo info) throws PEMException {
        return decoded(info)
                .then(key -> new Loaded.Ready<>(
                        key,
                        passphrase
                                .map(unneeded -> PemProblem.ofPassphrase(
                                        file.path(),
                                        "a passphrase was given, but the key is not encrypted. It is not needed."))
                                .stream()
                                .toList()));
    }

    private Loaded<PrivateKey> decoded(PrivateKeyInfo info) throws PEMException {
        if (info.getPrivateKeyAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                && !CURVES.contains(curve.getId())) {
            return rejected("is an EC key on the curve "
                    + Optional.ofNullable(ECNamedCurveTable.getName(curve)).orElse(curve.getId())
                    + ", expected P-256, P-384 or P-521, which TLS clients know."
                    + " Ask for a certificate with such a key.");
        }
        var key = new JcaPEMKeyConverter().getPrivateKey(info);
        return switch (key.getAlgorithm()) {
            case "RSA", "EC", "EdDSA", "Ed25519" -> new Loaded.Ready<>(key);
            default ->
                rejected("is a key of the kind " + key.getAlgorithm() + ", expected RSA, EC or Ed25519, which TLS uses."
                        + " Ask for a certificate with such a key.");
        };
    }

    private String notForTls(PemObject block) {
        return block.getType().startsWith("OPENSSH")
                ? "is a key in OpenSSH's own format, expected PKCS#8. Convert a copy: ssh-keygen -p -m PKCS8 -f COPY"
                : "holds a block " + block.getType() + ", expected PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY.";
    }

    private String check() {
        return " Check it with: openssl pkey -noout -in " + file.path();
    }

    private Loaded<PrivateKey> rejected(String message) {
        return rejected(file.path(), message);
    }

    private static Loaded<PrivateKey> rejected(Path path, String message) {
        return rejected(PemProblem.ofKey(path, message));
    }

    private static Loaded<PrivateKey> rejected(PemProblem problem) {
        return new Loaded.Rejected<>(problem);
    }
}
