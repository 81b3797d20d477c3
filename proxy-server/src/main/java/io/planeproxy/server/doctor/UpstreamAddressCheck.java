package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.RouteSettings;
import io.planeproxy.server.settings.UpstreamUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every upstream: its name, each address behind it, IPv4 and IPv6, and whether a connection can be made to each. */
final class UpstreamAddressCheck implements Check {
    private static final int PATIENCE_MILLIS = 4000;
    private static final String CONNECTED = "connected";

    @Override
    public String name() {
        return "upstream-address";
    }

    @Override
    public List<Result> look(Patient patient) {
        return upstreams(patient).flatMap(upstream -> of(upstream).stream()).toList();
    }

    static Stream<UpstreamUrl> upstreams(Patient patient) {
        return patient.settings().routes().stream()
                .map(RouteSettings::upstream)
                .map(upstream -> upstream.value())
                .distinct();
    }

    private static List<Result> of(UpstreamUrl upstream) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(upstream.host());
        } catch (UnknownHostException unknown) {
            return List.of(Result.failed(
                    upstream.toString(),
                    "the name " + upstream.host() + " does not resolve here",
                    "check the name, and that this machine or container knows it: getent hosts " + upstream.host()));
        }
        List<String> evidence = new ArrayList<>();
        List<String> refusing = new ArrayList<>();
        for (InetAddress address : addresses) {
            String kind = address instanceof Inet6Address ? "AAAA " : "A ";
            String came = connected(address, upstream.port().number());
            evidence.add(kind + address.getHostAddress() + ": " + came);
            if (!came.equals(CONNECTED)) {
                refusing.add(address.getHostAddress() + " " + came);
            }
        }
        return List.of(judged(upstream, addresses.length, refusing, evidence));
    }

    private static Result judged(UpstreamUrl upstream, int count, List<String> refusing, List<String> evidence) {
        String[] seen = evidence.toArray(String[]::new);
        if (refusing.isEmpty()) {
            return Result.ok(upstream.toString(), "connects, at each of its addresses: " + count, seen);
        }
        return refusing.size() < count
                ? Result.warning(
                        upstream.toString(),
                        "some of its addresses cannot be connected to: " + String.join(", ", refusing),
                        "the others are taken, a little later; let the name stand for those alone that Plane listens on",
                        seen)
                : Result.failed(
                        upstream.toString(),
                        "no connection: " + String.join(", ", refusing),
                        "start Plane, correct address and port in upstream, or open the firewall between",
                        seen);
    }

    /** Whether the first of its addresses takes a connection. */
    static boolean isReached(UpstreamUrl upstream) {
        try {
            InetAddress first = InetAddress.getByName(upstream.host());
            return connected(first, upstream.port().number()).equals(CONNECTED);
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static String connected(InetAddress address, int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return CONNECTED;
        } catch (SocketTimeoutException silent) {
            return "does not answer within " + PATIENCE_MILLIS / 1000 + " s";
        } catch (ConnectException refused) {
            return "refuses connections";
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
