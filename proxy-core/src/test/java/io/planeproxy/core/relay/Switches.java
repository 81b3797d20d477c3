package io.planeproxy.core.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.IpLiterals;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.route.Upstream;
import java.nio.charset.StandardCharsets;

/** Two connections that have agreed to switch, for tests of what follows. */
public final class Switches {
    private Switches() {}

    /**
     * @param fromClient what the client sent behind its request
     * @param fromUpstream what the upstream sent behind its 101
     */
    public static Switched between(Channel client, String fromClient, Channel upstream, String fromUpstream) {
        RequestHead head = Heads.request("GET /live HTTP/1.1", "Host: a", "Connection: upgrade", "Upgrade: websocket");
        ClientFacts facts =
                ClientFacts.of(IpLiterals.parse("192.0.2.7").orElseThrow(), Scheme.HTTP, 80, TrustedProxies.NONE);
        return new Switched(
                facts,
                ForwardedIdentity.of(head, facts, TrustedProxies.NONE, new RequestId("switch")),
                head,
                new Upstream(Scheme.HTTP, "live", 3000),
                end(client, fromClient),
                end(upstream, fromUpstream));
    }

    private static TunnelEnd end(Channel channel, String received) {
        return new TunnelEnd(channel, Unpooled.copiedBuffer(received, StandardCharsets.US_ASCII));
    }
}
