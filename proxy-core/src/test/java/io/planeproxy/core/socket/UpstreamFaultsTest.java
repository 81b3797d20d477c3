package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.FaultyLink;
import io.planeproxy.core.kit.ImpatientEngine;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Way;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.TunnelRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of upstreams beside those of the matrix: no connection, a connection that has grown old, a switch, a tunnel. */
final class UpstreamFaultsTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final String POST = "POST /x HTTP/1.1\r\nHost: plane.example\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void anUpstreamThatRefusesIsA502() {
        try (RefusingPort port = RefusingPort.take();
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(port.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(502, client.send(GET).reply("GET").status());
            assertEquals("refused upstream-refused", ended(proxy).outcome().words());
        }
    }

    @Test
    void anUpstreamWithoutAWayToItIsA502InWordsAlone() {
        InetSocketAddress everybody = new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 3000);
        try (ImpatientEngine proxy = ImpatientEngine.inFrontOf(everybody);
                RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(GET).reply("GET");
            assertEquals(502, reply.status());
            String body = reply.bodyText();
            assertTrue(
                    body.contains("(http://255.255.255.255:3000: no route leads to it)")
                            || body.contains("(http://255.255.255.255:3000: Network is unreachable)"),
                    body);
        }
    }

    @Test
    void anUpstreamThatDoesNotAcceptInTimeIsA504() throws IOException {
        try (FullHouse upstream = FullHouse.open();
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(504, client.send(GET).reply("GET").status());
            assertEquals("refused connect-timeout", ended(proxy).outcome().words());
        }
    }

    @Test
    void aConnectionThatClosesOnItsThirdRequestIsReplacedOnceWhereNothingCanBeDoneTwice() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(closingOnTheThird());
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            for (int i = 0; i < 3; i++) {
                assertEquals("/x", client.send(GET).reply("GET").bodyText());
                assertEquals("complete", ended(proxy).outcome().words());
            }
            assertEquals(2, upstream.connectionCount());
        }
    }

    @Test
    void aConnectionThatClosesOnItsThirdRequestIsA502WhereSomethingCouldBeDoneTwice() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(closingOnTheThird());
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(GET).reply("GET");
            client.send(GET).reply("GET");
            assertEquals(502, client.send(POST).reply("POST").status());
            assertEquals(1, upstream.connectionCount());
        }
    }

    private static Script closingOnTheThird() {
        return exchange -> {
            boolean third = exchange.connection().number() == 1
                    && exchange.connection().requests().size() == 2;
            if (third) {
                exchange.close();
            } else {
                Script.tellTarget().serve(exchange);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void aSwitchThatIsCutInItsHeadIsAnErrorAndNoTunnel(Way.Fault fault) {
        Way back = Way.CLEAR.until(40, fault);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                FaultyLink link = FaultyLink.to(upstream.address(), Way.CLEAR, back);
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(link.entrance());
                RawClient client = RawClient.to(proxy.plain())) {
            int status = client.send(WebSocketHandshake.request("/live"))
                    .reply("GET")
                    .status();
            assertEquals(fault == Way.Fault.BLACK_HOLE ? 504 : 502, status);
            assertTrue(proxy.journal().tunnels().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTunnelThatIsCutAtTheUpstreamEndsForTheClientToo(Way.Fault fault) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                FaultyLink link = FaultyLink.to(upstream.address(), Way.CLEAR, Way.CLEAR);
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(link.entrance());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(
                    101,
                    client.send(WebSocketHandshake.request("/live")).interim().status());
            client.send("ping").bytes(4);
            link.strikeBack(fault);
            client.untilEnd();
            client.close();
            TunnelRecord tunnel = take(proxy.journal().tunnels());
            assertEquals("4/4", tunnel.received() + "/" + tunnel.sent());
            assertFalse(tunnel.ending().words().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTunnelThatIsCutAtTheClientEndsForTheUpstreamToo(Way.Fault fault) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ImpatientEngine proxy = ImpatientEngine.inFrontOf(upstream.address());
                FaultyLink link = FaultyLink.to(proxy.plain(), Way.CLEAR, Way.CLEAR);
                RawClient client = RawClient.to(link.entrance())) {
            assertEquals(
                    101,
                    client.send(WebSocketHandshake.request("/live")).interim().status());
            client.send("ping").bytes(4);
            link.strikeThere(fault);
            upstream.awaitConnection(1).awaitEnd();
            TunnelRecord tunnel = take(proxy.journal().tunnels());
            assertEquals("4/4", tunnel.received() + "/" + tunnel.sent());
        }
    }

    private static ExchangeRecord ended(ImpatientEngine proxy) {
        return take(proxy.journal().exchanges());
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            return Optional.ofNullable(queue.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow(() -> new AssertionError("the journal was told nothing for " + Patience.LIMIT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A listening port whose queue is full, so that the kernel lets further handshakes wait. */
    private record FullHouse(ServerSocket server, List<Socket> guests) implements AutoCloseable {
        private static final int WAIT_MILLIS = 200;

        static FullHouse open() throws IOException {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            List<Socket> guests = new ArrayList<>();
            while (true) {
                Socket guest = new Socket();
                try {
                    guest.connect(server.getLocalSocketAddress(), WAIT_MILLIS);
                    guests.add(guest);
                } catch (SocketTimeoutException full) {
                    guest.close();
                    return new FullHouse(server, guests);
                }
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            for (Socket guest : guests) {
                guest.close();
            }
            server.close();
        }
    }
}
