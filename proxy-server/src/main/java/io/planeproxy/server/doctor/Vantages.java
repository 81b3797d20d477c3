package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.Way.Security;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.ProxyProtocol;
import io.planeproxy.server.settings.UpstreamUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The three places to ask from: with no proxy between, with this one, and with all that stand in front of it. */
final class Vantages {
    private static final int PATIENCE_MILLIS = 3000;

    private Vantages() {}

    /** From the nearest on; a fault of one is seen from those behind it as well. */
    static List<Vantage> of(Patient patient, String path) {
        return List.of(direct(patient, path), here(patient), inPublic(patient));
    }

    /** Asks from all of them at the same time, since each may have to wait. What comes of it is in their order. */
    static <T> List<T> atOnce(List<Vantage> places, Function<Vantage, T> ask) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> asked = new ArrayList<>();
            places.forEach(place -> asked.add(threads.submit(() -> ask.apply(place))));
            List<T> results = new ArrayList<>();
            for (Future<T> each : asked) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException fault) {
            throw new IllegalStateException("a try that should have caught its faults", fault);
        }
    }

    /** With the Host that this proxy would pass on. */
    static Vantage direct(Patient patient, String path) {
        UpstreamUrl upstream = patient.upstream(path);
        Security security = switch (upstream.scheme()) {
            case HTTP -> Security.PLAIN;
            case HTTPS -> Security.TLS;
        };
        String authority = upstream.toString().replaceFirst("^https?://", "");
        return resolved(upstream.host(), upstream.port().number())
                .<Vantage>map(address -> new Vantage.Open(new Way(
                        Vantage.DIRECT,
                        address,
                        security,
                        patient.address().map(PublicAddress::authority).orElse(authority),
                        Way.to("", address, security, authority).serverName())))
                .orElseGet(() -> new Vantage.Closed(
                        Vantage.DIRECT, upstream.host() + " cannot be resolved, see upstream-address"));
    }

    /** The first listener that passes requests on, with TLS if there is one. */
    static Vantage here(Patient patient) {
        Optional<ListenerSettings> listener = patient.secureListeners().stream()
                .<ListenerSettings>map(secure -> secure)
                .findFirst()
                .or(() -> patient.settings().listeners().stream()
                        .filter(ListenerSettings.Plain.class::isInstance)
                        .findFirst());
        return listener.map(found -> at(found, patient))
                .orElseGet(() -> new Vantage.Closed(Vantage.HERE, "every listener only redirects"));
    }

    /** Through one listener, over the address that this machine surely reaches. */
    static Vantage at(ListenerSettings listener, Patient patient) {
        String place = listener.address().value().toString();
        if (listener.entrance().proxyProtocol() instanceof ProxyProtocol.From) {
            return new Vantage.Closed(
                    Vantage.HERE, "only a load balancer with the PROXY protocol is served at " + place);
        }
        InetSocketAddress address = listener.address().value().fromHere();
        if (!isListening(address)) {
            return new Vantage.Closed(
                    Vantage.HERE, "nobody listens on " + place + "; start plane-proxy, and ask again");
        }
        Security security = listener instanceof ListenerSettings.Secure ? Security.TLS : Security.PLAIN;
        String host = patient.address().map(PublicAddress::authority).orElse("localhost:" + address.getPort());
        return new Vantage.Open(Way.to(Vantage.HERE, address, security, host));
    }

    static Vantage inPublic(Patient patient) {
        Optional<PublicAddress> address = patient.address();
        if (address.isEmpty()) {
            return new Vantage.Closed(
                    Vantage.PUBLIC,
                    "the address that browsers use is not known; name it with --url https://plane.example");
        }
        PublicAddress there = address.get();
        return resolved(there.host().replaceAll("[\\[\\]]", ""), there.port())
                .<Vantage>map(
                        found -> new Vantage.Open(Way.to(Vantage.PUBLIC, found, there.security(), there.authority())))
                .orElseGet(() -> new Vantage.Closed(Vantage.PUBLIC, there.host() + " cannot be resolved"));
    }

    private static Optional<InetSocketAddress> resolved(String host, int port) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    private static boolean isListening(InetSocketAddress address) {
        try (Socket probe = new Socket()) {
            probe.connect(address, PATIENCE_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
