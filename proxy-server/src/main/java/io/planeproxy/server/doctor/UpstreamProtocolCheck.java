package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.BrowserTrust;
import io.planeproxy.server.probe.Line;
import io.planeproxy.server.probe.NotHttp;
import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.Way.Security;
import io.planeproxy.server.settings.UpstreamUrl;
import io.planeproxy.tls.CertificateNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Whether each upstream speaks what its address says: http or https, and with https a certificate that is taken. */
final class UpstreamProtocolCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "upstream-protocol";
    }

    @Override
    public List<Result> look(Patient patient) {
        return UpstreamAddressCheck.upstreams(patient)
                .map(UpstreamProtocolCheck::of)
                .toList();
    }

    private static Result of(UpstreamUrl upstream) {
        Security security = switch (upstream.scheme()) {
            case HTTP -> Security.PLAIN;
            case HTTPS -> Security.TLS;
        };
        InetSocketAddress address =
                new InetSocketAddress(upstream.host(), upstream.port().number());
        if (address.isUnresolved()) {
            return Result.skipped(upstream.toString(), "its name does not resolve, see upstream-address");
        }
        Way way = Way.to("", address, security, upstream.toString().replaceFirst("^https?://", ""));
        try (Line line = Line.open(way, PATIENCE)) {
            line.send("GET / HTTP/1.1\r\nHost: " + way.host() + "\r\nConnection: close\r\n\r\n");
            Reply reply = line.reply();
            return answered(upstream, line.certificates(), reply);
        } catch (NotHttp other) {
            return other.kind() == NotHttp.Kind.TLS
                    ? wantsTls(upstream, "it answers http with TLS")
                    : Result.failed(
                            upstream.toString(),
                            String.valueOf(other.getMessage()),
                            "check that the port in upstream is Plane's HTTP port");
        } catch (SSLException noTls) {
            return Result.failed(
                    upstream.toString(),
                    "https is asked for, and the TLS handshake failed: " + noTls.getMessage(),
                    "where Plane speaks plain http there, write http:// in upstream");
        } catch (IOException failure) {
            return Result.skipped(
                    upstream.toString(),
                    "no answer to be looked at (" + failure.getMessage() + "), see upstream-address");
        }
    }

    private static Result answered(UpstreamUrl upstream, List<X509Certificate> chain, Reply reply) {
        String body = reply.body().toLowerCase(Locale.ROOT);
        if (reply.status() == 400 && body.contains("http") && body.contains("https")) {
            return wantsTls(upstream, "it answers " + reply.described());
        }
        Optional<String> distrust = chain.isEmpty() ? Optional.empty() : distrust(upstream, chain);
        return distrust.map(why -> Result.failed(
                        upstream.toString(),
                        "its certificate is not taken: " + why,
                        "the certificate must be for " + upstream.host()
                                + ", from an authority that Java trusts; the README"
                                + " shows how to add one, at \"An upstream with https\""))
                .orElseGet(() -> Result.ok(
                        upstream.toString(),
                        "speaks " + upstream.scheme().name().toLowerCase(Locale.ROOT) + ": " + reply.statusLine()));
    }

    private static Optional<String> distrust(UpstreamUrl upstream, List<X509Certificate> chain) {
        CertificateNames names = CertificateNames.of(chain.getFirst());
        return BrowserTrust.whyNot(chain)
                .or(() -> names.accept(upstream.host()) ? Optional.empty() : Optional.of("it is for " + names));
    }

    private static Result wantsTls(UpstreamUrl upstream, String seen) {
        return Result.failed(
                upstream.toString(),
                "http is asked for, and the port speaks TLS: " + seen,
                "write https:// in upstream");
    }
}
