package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyPairProofTest {

    @BeforeAll
    static void withBoringSsl() {
        assertEquals(TlsProvider.OPENSSL, TlsProvider.best());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "secp256r1", "secp384r1", "secp521r1", "Ed25519"})
    void boringSslKnowsThePairAndRefusesAnotherKeyOfItsKind(String kind) throws Exception {
        var pair = pair(kind);
        var certificate = certificate(pair);
        assertTrue(OpenSslPair.isTaken(pair.getPrivate(), certificate));
        assertTrue(KeyPairProof.isPair(pair.getPrivate(), certificate));
        var other = pair(kind).getPrivate();
        assertFalse(OpenSslPair.isTaken(other, certificate));
        assertFalse(KeyPairProof.isPair(other, certificate));
    }

    @Test
    void aKeyThatOnlyClaimsThePublicKeyOfTheCertificateIsNotTaken() throws Exception {
        var pair = pair("secp256r1");
        var liar = claiming(pair, pair("secp256r1"));
        assertFalse(OpenSslPair.isTaken(liar, certificate(pair)));
        assertFalse(KeyPairProof.isPair(liar, certificate(pair)));
    }

    /** The secret of the one with the public key of the other beside it (RFC 5915). */
    private static PrivateKey claiming(KeyPair open, KeyPair secret) throws Exception {
        var claimed = SubjectPublicKeyInfo.getInstance(open.getPublic().getEncoded());
        var key = new org.bouncycastle.asn1.sec.ECPrivateKey(
                256,
                ((ECPrivateKey) secret.getPrivate()).getS(),
                claimed.getPublicKeyData(),
                claimed.getAlgorithm().getParameters());
        var encoded = new PrivateKeyInfo(claimed.getAlgorithm(), key).getEncoded();
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    @Test
    void anRsaKeyWithTheModulusOfTheCertificateAndAnotherExponentIsNotTaken() throws Exception {
        var pair = pair("RSA");
        var real = (RSAPrivateCrtKey) pair.getPrivate();
        var wrong = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        real.getModulus(),
                        real.getPublicExponent(),
                        real.getPrivateExponent().subtract(BigInteger.TWO),
                        real.getPrimeP(),
                        real.getPrimeQ(),
                        real.getPrimeExponentP().subtract(BigInteger.TWO),
                        real.getPrimeExponentQ(),
                        real.getCrtCoefficient()));
        assertFalse(OpenSslPair.isTaken(wrong, certificate(pair)));
        assertFalse(KeyPairProof.isPair(wrong, certificate(pair)));
    }

    private static KeyPair pair(String kind) throws Exception {
        return switch (kind) {
            case "RSA" -> Pki.rsa();
            case "Ed25519" -> Pki.ed25519();
            default -> Pki.ec(kind);
        };
    }

    private static X509Certificate certificate(KeyPair pair) throws Exception {
        return Pki.root().leaf(pair, "plane.example").certificate();
    }
}
