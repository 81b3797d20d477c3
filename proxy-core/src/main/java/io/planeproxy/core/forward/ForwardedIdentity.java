package io.planeproxy.core.forward;

import io.planeproxy.core.http.Authority;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Fields;
import io.planeproxy.core.http.IpLiterals;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the proxy itself says about who asks, and for what. At the edge it is only what the connection shows; behind a
 * trusted proxy that proxy's word is kept and its address appended.
 *
 * @param client the client's address
 * @param chain X-Forwarded-For
 * @param scheme X-Forwarded-Proto
 * @param host X-Forwarded-Host, unless the request had no Host
 * @param port X-Forwarded-Port
 * @param id X-Request-Id
 */
public record ForwardedIdentity(
        String client, String chain, String scheme, Optional<String> host, String port, RequestId id) {

    public static ForwardedIdentity of(RequestHead head, ClientFacts facts, TrustedProxies trusted, RequestId id) {
        Optional<Authority> authority = head.authority();
        return switch (facts.trust()) {
            case EDGE ->
                new ForwardedIdentity(
                        facts.peerText(),
                        facts.peerText(),
                        facts.scheme().text(),
                        authority.map(Authority::text),
                        port(authority, facts.scheme()),
                        id);
            case BEHIND_TRUSTED_PROXY -> relayed(head.fields(), authority, facts, trusted, id);
        };
    }

    private static ForwardedIdentity relayed(
            Fields fields, Optional<Authority> authority, ClientFacts facts, TrustedProxies trusted, RequestId id) {
        List<String> said = fields.all(KnownField.X_FORWARDED_FOR);
        String before = String.join(", ", said);
        Scheme scheme = fields.first(KnownField.X_FORWARDED_PROTO)
                .flatMap(ForwardedIdentity::scheme)
                .orElse(facts.scheme());
        Optional<Authority> host =
                fields.first(KnownField.X_FORWARDED_HOST).flatMap(Authority::of).or(() -> authority);
        String port = fields.first(KnownField.X_FORWARDED_PORT)
                .filter(ForwardedIdentity::isPort)
                .orElseGet(() -> port(host, scheme));
        return new ForwardedIdentity(
                client(before, facts, trusted),
                before.isBlank() ? facts.peerText() : before + ", " + facts.peerText(),
                scheme.text(),
                host.map(Authority::text),
                port,
                id);
    }

    /** The last address of the list that no trusted proxy vouches for as one of its own kind. */
    private static String client(String chain, ClientFacts facts, TrustedProxies trusted) {
        String client = facts.peerText();
        String[] hops = chain.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            Optional<InetAddress> hop = IpLiterals.parse(hops[i].strip());
            if (hop.isEmpty()) {
                return client;
            }
            client = hops[i].strip();
            if (!trusted.trust(hop.get())) {
                return client;
            }
        }
        return client;
    }

    private static Optional<Scheme> scheme(String text) {
        for (Scheme scheme : Scheme.values()) {
            if (scheme.text().equals(text)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }

    private static boolean isPort(String text) {
        return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535;
    }

    private static String port(Optional<Authority> authority, Scheme scheme) {
        return Integer.toString(authority.isPresent() ? authority.get().portFor(scheme) : scheme.defaultPort());
    }

    /** The client's address as an address. */
    public InetAddress clientAddress(ClientFacts facts) {
        return client.equals(facts.peerText())
                ? facts.peer()
                : IpLiterals.parse(client).orElse(facts.peer());
    }

    void addTo(FieldBlock.Builder block) {
        block.add(KnownField.X_FORWARDED_FOR, chain);
        block.add(KnownField.X_REAL_IP, client);
        block.add(KnownField.X_FORWARDED_PROTO, scheme);
        host.ifPresent(text -> block.add(KnownField.X_FORWARDED_HOST, text));
        block.add(KnownField.X_FORWARDED_PORT, port);
        block.add(KnownField.X_REQUEST_ID, id.text());
    }
}
