package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class HandshakeFailureTest {
    @Test
    void theCauseIsFoundBehindWrappings() {
        var wrapped = new DecoderException(new SSLHandshakeException("Received fatal alert: certificate_unknown"));
        assertEquals("the client rejected our certificate", HandshakeFailure.describe(wrapped));
    }

    @Test
    void anUnknownCauseKeepsItsOwnWords() {
        assertEquals(
                "the handshake failed: something new",
                HandshakeFailure.describe(new DecoderException(new IllegalArgumentException("something new"))));
        assertEquals(
                "the client ended the handshake with an alert: Received fatal alert: internal_error",
                HandshakeFailure.describe(new SSLHandshakeException("Received fatal alert: internal_error")));
    }

    @Test
    void aConnectionThatIsGoneIsSaidSo() {
        var sentence = "the client closed the connection during the handshake";
        assertEquals(sentence, HandshakeFailure.describe(new ClosedChannelException()));
        assertEquals(sentence, HandshakeFailure.describe(new IOException("Connection reset by peer")));
    }

    @Test
    void causesInACircleEnd() {
        var one = new IllegalStateException("one");
        var two = new IllegalStateException("two", one);
        one.initCause(two);
        assertEquals(HandshakeFailure.UNKNOWN, HandshakeFailure.of(one));
    }
}
