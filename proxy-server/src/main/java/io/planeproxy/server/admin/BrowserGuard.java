package io.planeproxy.server.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps pages of the web from reading what is answered here through the browser of somebody on this machine. A name of theirs that
 * resolves to the loopback address (DNS rebinding) stands in Host; a request from one of their pages has their Origin. The Unix
 * socket is behind a port too, where it is reached through {@code ssh -L}.
 */
final class BrowserGuard {
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private BrowserGuard() {}

    /** Why it is not answered, if it is not. */
    static Optional<String> refuse(HttpHeaders fields) {
        String host = fields.get(HttpHeaderNames.HOST, "");
        if (!isLoopback(hostOf("http://" + host))) {
            return Optional.of("Host is \"" + host + "\"; expected localhost or a loopback address");
        }
        String origin = fields.get(HttpHeaderNames.ORIGIN, "");
        if (!origin.isEmpty() && !isLoopback(hostOf(origin))) {
            return Optional.of("the request is from a page of " + origin + "; expected one of this machine");
        }
        if (fields.get(FETCH_SITE, "").equals("cross-site")) {
            return Optional.of("the request is from a page of another site; expected one of this machine");
        }
        return Optional.empty();
    }

    /** Why an order is not taken, if it is not: no browser has any to give, and each says that it is one (Fetch §3.1, §3.2). */
    static Optional<String> refuseOrder(HttpHeaders fields) {
        if (fields.contains(HttpHeaderNames.ORIGIN) || fields.contains(FETCH_SITE)) {
            return Optional.of("orders are not taken from a browser; give them with plane-proxy, or with curl");
        }
        return refuse(fields);
    }

    private static String hostOf(String address) {
        try {
            return Optional.ofNullable(URI.create(address).getHost()).orElse("");
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }

    private static boolean isLoopback(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(bare);
        return address != null && address.isLoopbackAddress();
    }
}
