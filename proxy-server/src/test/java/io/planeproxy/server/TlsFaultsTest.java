package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.planeproxy.core.kit.FaultyLink;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Way;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault of the network in the middle of a TLS handshake. */
final class TlsFaultsTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @TempDir
    private static Path folder;

    enum Moment {
        MID_HELLO(50),
        MID_SERVER_FLIGHT(300);

        private final int bytes;

        Moment(int bytes) {
            this.bytes = bytes;
        }

        FaultyLink link(InetSocketAddress server, Way.Fault fault) {
            Way struck = Way.CLEAR.until(bytes, fault);
            return switch (this) {
                case MID_HELLO -> FaultyLink.to(server, struck, Way.CLEAR);
                case MID_SERVER_FLIGHT -> FaultyLink.to(server, Way.CLEAR, struck);
            };
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(Way.Fault.values()).map(fault -> Arguments.of(moment, fault)))
                // A client that hears nothing waits for as long as it likes: that is not ours to end.
                .filter(cell -> !(cell.get()[0] == Moment.MID_SERVER_FLIGHT && cell.get()[1] == Way.Fault.BLACK_HOLE));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aHandshakeThatIsCutEndsAndTheNextClientIsServed(Moment moment, Way.Fault fault) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(
                        upstream.address(), TestIdentity.in(folder), "timeouts.tls-handshake = 500ms");
                FaultyLink link = moment.link(proxy.tls().orElseThrow(), fault)) {
            assertThrows(UncheckedIOException.class, () -> RawClient.overTls(link.entrance(), "plane.example"));
            assertEquals(0, upstream.connectionCount());
            try (RawClient next = RawClient.overTls(proxy.tls().orElseThrow(), "plane.example")) {
                assertEquals("/x", next.send(GET).reply("GET").bodyText());
            }
        }
    }
}
