package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Whether more are trusted to say who a client is than can stand in front. */
final class TrustedProxiesCheck implements Check {
    /** Whoever has so much of the Internet is not one's own: the largest blocks of a provider are smaller. */
    private static final int SHORTEST_OF_4 = 9;

    private static final int SHORTEST_OF_6 = 24;
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "127.0.0.0/8", "fc00::/7", "fd00::/8", "fe80::/10");

    @Override
    public String name() {
        return "trusted-proxies";
    }

    @Override
    public List<Result> look(Patient patient) {
        List<Cidr> trusted = patient.settings().trustedProxies();
        if (trusted.isEmpty()) {
            return List.of(Result.ok("", "nobody's word on who a client is is taken"));
        }
        List<Result> results = new ArrayList<>();
        for (Cidr range : trusted) {
            if (isTooWide(range)) {
                results.add(Result.failed(
                        range.toString(),
                        "so many addresses cannot all be proxies of yours: any client among them can claim to be anybody",
                        "name the addresses of the proxies in front, and no others"));
            }
        }
        return results.isEmpty() ? List.of(Result.ok("", "only " + trusted)) : results;
    }

    private static boolean isTooWide(Cidr range) {
        InetAddress network = range.network();
        int shortest = network instanceof Inet4Address ? SHORTEST_OF_4 : SHORTEST_OF_6;
        return range.prefixLength() < shortest && !PRIVATE.contains(range.toString());
    }
}
