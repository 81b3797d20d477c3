package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.FaultyLink;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Way;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.core.upstream.UpstreamOptions;
import io.planeproxy.tls.Loaded;
import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.UpstreamTls;
import io.planeproxy.tls.UpstreamTrust;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of the network on the way to an upstream that speaks TLS. */
final class SecureUpstreamFaultsTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final Duration SOON = Duration.ofMillis(900);

    @TempDir
    private Path folder;

    private PemFiles identity;
    private UpstreamTls tls;

    @BeforeEach
    void trustTheUpstream() {
        identity = TestIdentity.in(folder);
        tls = switch (UpstreamTrust.load(identity.certificate())) {
            case Loaded.Ready<UpstreamTrust>(UpstreamTrust trust, var _) -> UpstreamTls.of(trust);
            case Loaded<UpstreamTrust> failed -> throw new AssertionError(failed.toString());
        };
    }

    @AfterEach
    void giveBackItsMemory() {
        tls.close();
    }

    /** A hello has some hundred bytes, what the upstream answers to it more than a thousand. */
    enum Moment {
        BEFORE_ANY_BYTE(0),
        MID_HELLO(50),
        MID_FLIGHT(300);

        private final int bytes;

        Moment(int bytes) {
            this.bytes = bytes;
        }

        FaultyLink link(InetSocketAddress upstream, Way.Fault fault) {
            Way struck = Way.CLEAR.until(bytes, fault);
            return switch (this) {
                case BEFORE_ANY_BYTE, MID_HELLO -> FaultyLink.to(upstream, struck, Way.CLEAR);
                case MID_FLIGHT -> FaultyLink.to(upstream, Way.CLEAR, struck);
            };
        }
    }

    /** A reset without a byte may come so soon that the kernel gives it as the result of the connect. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                BEFORE_ANY_BYTE | CLOSE      | 502 | upstream-tls-failed
                BEFORE_ANY_BYTE | HALF_CLOSE | 502 | upstream-tls-failed
                BEFORE_ANY_BYTE | RESET      | 502 | upstream-tls-failed or upstream-unreachable
                BEFORE_ANY_BYTE | BLACK_HOLE | 502 | upstream-tls-failed
                MID_HELLO       | CLOSE      | 502 | upstream-tls-failed
                MID_HELLO       | HALF_CLOSE | 502 | upstream-tls-failed
                MID_HELLO       | RESET      | 502 | upstream-tls-failed
                MID_HELLO       | BLACK_HOLE | 502 | upstream-tls-failed
                MID_FLIGHT      | CLOSE      | 502 | upstream-tls-failed
                MID_FLIGHT      | HALF_CLOSE | 502 | upstream-tls-failed
                MID_FLIGHT      | RESET      | 502 | upstream-tls-failed
                MID_FLIGHT      | BLACK_HOLE | 502 | upstream-tls-failed
            """)
    void aHandshakeThatIsCutIsAnsweredToldAndNotUsedAgain(Moment moment, Way.Fault fault, int status, String causes)
            throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.on(TlsSocket.listening(identity), Script.tellTarget());
                FaultyLink link = moment.link(upstream.address(), fault);
                EngineUnderTest proxy = inFrontOf(link.entrance())) {
            try (RawClient client = RawClient.to(proxy.plain())) {
                Reply reply = client.send(GET).reply("GET");
                assertEquals(status, reply.status());
                String told = told(proxy);
                assertTrue(List.of(causes.split(" or ")).contains(told.replaceFirst("^refused ", "")), told);
                assertTrue(client.ended());
            }
            try (RawClient next = RawClient.to(proxy.plain())) {
                assertEquals("/x", next.send(GET).reply("GET").bodyText());
            }
        }
    }

    /** RFC 9112 §9.8: what only the end of the connection ends is whole only when TLS has said that it ends. */
    @ParameterizedTest
    @EnumSource
    void aReplyUpToTheEndIsNotWholeWithoutAGoodbye(Way.Fault fault) throws Exception {
        Gate over = new Gate("the test is over");
        Script script = exchange -> {
            exchange.request();
            exchange.write("HTTP/1.1 200 OK\r\n\r\nhello");
            over.await();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.on(TlsSocket.listening(identity), script);
                FaultyLink link = FaultyLink.to(upstream.address(), Way.CLEAR, Way.CLEAR);
                EngineUnderTest proxy = inFrontOf(link.entrance());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(200, client.send(GET).head().status());
            assertEquals("5\r\nhello\r\n", Wire.text(client.bytes(10)));
            link.strikeBack(fault);
            assertEquals("", client.untilEnd().text(), "no last chunk");
            over.open();
            assertEquals(
                    fault == Way.Fault.BLACK_HOLE ? "cut upstream-stalled" : "cut upstream-truncated", told(proxy));
        }
    }

    @Test
    void aReplyUpToTheEndIsWholeWithAGoodbye() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.on(
                        TlsSocket.listening(identity), Script.replyAndClose("HTTP/1.1 200 OK\r\n\r\nhello"));
                EngineUnderTest proxy = inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("hello", client.send(GET).reply("GET").bodyText());
            assertEquals("complete", told(proxy));
        }
    }

    @Test
    void aConnectionThatIsKeptServesAgainAndIsLeftWhenTheUpstreamSaysGoodbye() throws Exception {
        Script script = Script.inTurn(Script.tellTarget(), Script.tellTarget(), exchange -> exchange.close());
        try (ScriptedUpstream upstream = ScriptedUpstream.on(TlsSocket.listening(identity), script);
                EngineUnderTest proxy = inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("/x", client.send(GET).reply("GET").bodyText());
            assertEquals("/x", client.send(GET).reply("GET").bodyText());
            assertEquals(1, upstream.connectionCount());
            // Tried once more on a new connection, which is closed too.
            assertEquals(502, client.send(GET).reply("GET").status());
            assertEquals(2, upstream.connectionCount());
        }
    }

    private EngineUnderTest inFrontOf(InetSocketAddress upstream) {
        return EngineUnderTest.with(upstream)
                .upstreamTls((allocator, host, port) -> tls.newHandler(allocator, host, port, SOON))
                .upstreams(new UpstreamOptions(SOON, Duration.ofSeconds(10), 64, 64, 64))
                .replyWithin(SOON)
                .start();
    }

    private static String told(EngineUnderTest proxy) throws InterruptedException {
        return Optional.ofNullable(proxy.journal().exchanges().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .orElseThrow()
                .outcome()
                .words();
    }
}
