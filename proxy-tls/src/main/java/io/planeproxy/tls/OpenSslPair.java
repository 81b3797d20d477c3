package io.planeproxy.tls;

import io.netty.buffer.Unpooled;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongConsumer;

/** What BoringSSL says to a certificate and a key. Only to be asked where it is there, see {@link TlsProvider#best}. */
final class OpenSslPair {
    private static final String NO_PASSPHRASE = "";

    /** Room for the lines that say where a PEM begins and ends. */
    private static final int MARKS = 128;

    private OpenSslPair() {}

    /** Whether it would serve the certificate with the key; it takes none that does not fit. */
    static boolean isTaken(PrivateKey secret, X509Certificate certificate) {
        var encoded = secret.getEncoded();
        try (var first = text("CERTIFICATE", certificate.getEncoded());
                var second = text("PRIVATE KEY", encoded);
                var chain = new Native(SSL.parseX509Chain(first.address()), SSL::freeX509Chain);
                var key = new Native(SSL.parsePrivateKey(second.address(), NO_PASSPHRASE), SSL::freePrivateKey);
                var context =
                        new Native(SSLContext.make(SSL.SSL_PROTOCOL_TLSV1_3, SSL.SSL_MODE_SERVER), SSLContext::free);
                var connection = new Native(SSL.newSSL(context.address(), true), SSL::freeSSL)) {
            SSL.setKeyMaterial(connection.address(), chain.address(), key.address());
            return true;
        } catch (Exception refused) {
            // The binding throws nothing more exact.
            return false;
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Something that BoringSSL made. */
    private record Native(long address, LongConsumer free) implements AutoCloseable {
        @Override
        public void close() {
            free.accept(address);
        }
    }

    /** As PEM; nothing of it stays. BoringSSL wipes its memory when it gets it back. */
    private static Native text(String type, byte[] der) throws Exception {
        var body = Base64.getMimeEncoder().encode(der);
        var pem = Unpooled.directBuffer();
        var text = new Native(SSL.newMemBIO(), SSL::freeBIO);
        try {
            pem.ensureWritable(body.length + MARKS);
            pem.writeBytes(("-----BEGIN " + type + "-----\n").getBytes(StandardCharsets.US_ASCII));
            pem.writeBytes(body);
            pem.writeBytes(("\n-----END " + type + "-----\n").getBytes(StandardCharsets.US_ASCII));
            SSL.bioWrite(text.address(), pem.memoryAddress(), pem.readableBytes());
            return text;
        } catch (Exception failure) {
            text.close();
            throw failure;
        } finally {
            Arrays.fill(body, (byte) 0);
            pem.setZero(0, pem.capacity()).release();
        }
    }
}
