package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Ending;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Rest;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamExchange;
import io.planeproxy.core.kit.WireFault;
import io.planeproxy.core.relay.ExchangeRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message that ends after any number of its bytes, on either side, in every way a connection can end, is never taken for whole. */
final class CutAnywhereTest {
    enum End {
        CLOSE,
        HALF_CLOSE,
        RESET;

        void of(UpstreamExchange exchange) throws IOException {
            switch (this) {
                case CLOSE -> exchange.close();
                case HALF_CLOSE -> exchange.halfClose();
                case RESET -> exchange.reset();
            }
        }

        void of(RawClient client) {
            switch (this) {
                case CLOSE -> client.close();
                case HALF_CLOSE -> client.halfClose();
                case RESET -> client.reset();
            }
        }
    }

    enum Framing {
        LENGTH("Content-Length: 12\r\n\r\nhello, world"),
        CHUNKS("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\nX-Trailer: t\r\n\r\n"),
        /** Of replies alone, and without a visible end but that of the connection. */
        UNTIL_CLOSE("\r\nhello, world");

        private final String rest;

        Framing(String rest) {
            this.rest = rest;
        }

        String reply() {
            return "HTTP/1.1 200 OK\r\n" + rest;
        }

        String request() {
            return "POST /cut HTTP/1.1\r\nHost: plane.example\r\n" + rest;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH, CLOSE",
        "LENGTH, HALF_CLOSE",
        "LENGTH, RESET",
        "CHUNKS, CLOSE",
        "CHUNKS, HALF_CLOSE",
        "CHUNKS, RESET",
        "UNTIL_CLOSE, RESET"
    })
    void aReplyThatIsCutIsVisiblyCut(Framing framing, End end) {
        Script script = exchange -> {
            int passes = Integer.parseInt(exchange.request().target().substring(1));
            exchange.write(framing.reply().substring(0, passes));
            end.of(exchange);
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address())) {
            for (int passes = 0; passes < framing.reply().length(); passes++) {
                String asked = "GET /" + passes;
                assertTrue(isVisiblyCut(proxy, asked), () -> asked + " looks whole");
                assertTrue(isVisiblyCutForAnOldClient(proxy, asked), () -> asked + " looks whole for HTTP/1.0");
            }
        }
    }

    /** An answer of our own stands for what there was no reply to. */
    private static boolean isVisiblyCut(EngineUnderTest proxy, String asked) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            return client.send(asked + " HTTP/1.1\r\nHost: plane.example\r\n\r\n")
                            .reply("GET")
                            .status()
                    == 502;
        } catch (WireFault fault) {
            return fault.kind() == WireFault.Kind.CUT;
        }
    }

    private static boolean isVisiblyCutForAnOldClient(EngineUnderTest proxy, String asked) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            Rest rest = client.send(asked + " HTTP/1.0\r\nHost: plane.example\r\n\r\n")
                    .untilEnd();
            boolean isShort = rest.text().contains("Content-Length: 12\r\n")
                    && !rest.text().endsWith("hello, world");
            return rest.text().startsWith("HTTP/1.1 502 ") || rest.ending() == Ending.RESET || isShort;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH, CLOSE",
        "LENGTH, HALF_CLOSE",
        "LENGTH, RESET",
        "CHUNKS, CLOSE",
        "CHUNKS, HALF_CLOSE",
        "CHUNKS, RESET"
    })
    void aRequestThatIsCutIsNeverWholeForTheUpstream(Framing framing, End end) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address())) {
            int head = framing.request().indexOf("\r\n\r\n") + 4;
            for (int passes = 1; passes < framing.request().length(); passes++) {
                try (RawClient client = RawClient.to(proxy.plain())) {
                    client.send(framing.request().substring(0, passes));
                    if (passes >= head) {
                        // Else a reset may overtake the head, and then there is nothing to tell.
                        upstream.awaitHead();
                    }
                    end.of(client);
                    assertTold(proxy, passes >= head, end);
                }
            }
            assertEquals(List.of(), upstream.requests());
        }
    }

    private static void assertTold(EngineUnderTest proxy, boolean wasARequest, End end) throws InterruptedException {
        if (wasARequest) {
            ExchangeRecord told = proxy.journal().exchanges().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertNotNull(told, "no exchange was told");
            assertEquals("abandoned client-left", told.outcome().words());
        } else if (end != End.RESET) {
            assertNotNull(
                    proxy.journal().refusals().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS), "nothing was told");
        }
    }
}
