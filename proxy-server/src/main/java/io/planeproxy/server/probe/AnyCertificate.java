package io.planeproxy.server.probe;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS with whatever certificate is shown: who asks wants to see what answers, and nothing secret is sent or believed. Whether
 * browsers would take the certificate is another question, see {@link BrowserTrust}.
 */
public final class AnyCertificate implements X509TrustManager {
    private AnyCertificate() {}

    /**
     * @param plain connected
     * @param serverName what the handshake asks for
     */
    public static SSLSocket over(Socket plain, Optional<String> serverName) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            SSLSocket tls = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setServerNames(serverName
                    .map(SNIHostName::new)
                    .map(List::<SNIServerName>of)
                    .orElse(List.of()));
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return tls;
        } catch (GeneralSecurityException noTls) {
            throw new IOException("this Java has no TLS to ask with", noTls);
        }
    }

    static List<X509Certificate> shown(SSLSocket tls) throws IOException {
        return Stream.of(tls.getSession().getPeerCertificates())
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
