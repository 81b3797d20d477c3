package io.planeproxy.core.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Each cause as the JDK and Netty nest it: the engine's own words outermost, and they say nothing. */
final class HandshakeFaultTest {
    @Test
    void anUnknownAuthorityIsSaidToBeOne() {
        Throwable cause = new CertificateException(
                "PKIX path building failed: …", new CertPathBuilderException("unable to find valid path"));
        assertEquals("its certificate is not from an authority that this machine trusts", described(cause));
    }

    @Test
    void anotherNameIsToldWithTheOneThatWasWanted() {
        String sentence = "its certificate is for other names than plane.internal";
        assertEquals(sentence, described(new CertificateException("No name matching plane.internal found")));
        assertEquals(
                sentence,
                described(new CertificateException("No subject alternative DNS name matching plane.internal found.")));
        assertEquals(sentence, described(new CertificateException("No subject alternative names present")));
    }

    @Test
    void anExpiredCertificateIsToldWithItsEnd() {
        Throwable end = new CertificateExpiredException("NotAfter: Sun Nov 01 00:00:00 UTC 2026");
        String sentence = "its certificate has expired (NotAfter: Sun Nov 01 00:00:00 UTC 2026)";
        assertEquals(sentence, described(end));
        Throwable path = new CertPathValidatorException("validity check failed", end, null, -1, BasicReason.EXPIRED);
        assertEquals(sentence, described(new CertificateException("PKIX path validation failed", path)));
    }

    @Test
    void aServerWithoutTlsIsToldHowToWriteIt() {
        assertEquals(
                "it does not answer with TLS; where it speaks plain HTTP, write http:// in upstream",
                HandshakeFault.describe(new NotSslRecordException("not an SSL/TLS record: 4854"), "plane.internal"));
        assertEquals(
                "it closed the connection during the TLS handshake; where it speaks plain HTTP, write http:// in upstream",
                HandshakeFault.describe(new ClosedChannelException(), "plane.internal"));
    }

    @Test
    void whatIsUnknownKeepsItsInnermostWords() {
        assertEquals("the TLS handshake failed: no such curve", described(new IllegalStateException("no such curve")));
    }

    private static String described(Throwable cause) {
        return HandshakeFault.describe(
                new SSLHandshakeException("General OpenSslEngine problem", cause), "plane.internal");
    }
}
