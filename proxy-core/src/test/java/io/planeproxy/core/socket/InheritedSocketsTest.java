package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.epoll.Epoll;
import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.kit.Descriptors;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Meter;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets that another process opened: systemd, or the proxy before this one. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InheritedSocketsTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @BeforeEach
    void linux() {
        Assumptions.assumeTrue(Epoll.isAvailable(), "sockets are handed over on Linux only");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "3, 1", "2, 2"})
    void whoeverWaitsInTheQueueIsServedAndEveryoneAfter(int sockets, int loops) throws Exception {
        int descriptor = Descriptors.listening();
        InetSocketAddress address = Descriptors.addressOf(descriptor);
        List<Integer> descriptors = new ArrayList<>(List.of(descriptor));
        descriptors.addAll(Descriptors.duplicates(Collections.nCopies(sockets - 1, descriptor)));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                RawClient early = RawClient.to(address)) {
            early.send(GET);
            try (EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                    .loops(loops)
                    .onlyAt(address)
                    .inheriting(InheritedSockets.ofDescriptors(descriptors))
                    .start()) {
                assertEquals(address, proxy.plain());
                assertEquals(200, early.reply("GET").status());
                for (int i = 0; i < 20; i++) {
                    try (RawClient client = RawClient.to(address)) {
                        assertEquals(200, client.send(GET).reply("GET").status());
                    }
                }
            }
        }
    }

    @Test
    void noConnectionIsRefusedOrLostWhenOneEngineTakesOverFromAnother() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest first =
                        EngineUnderTest.with(upstream.address()).loops(2).start()) {
            AtomicBoolean over = new AtomicBoolean();
            Meter served = new Meter();
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    try (RawClient client = RawClient.to(first.plain())) {
                        assertEquals(200, client.send(GET).reply("GET").status());
                        served.add(1);
                    }
                }
            });
            served.awaitAtLeast(20);
            InetSocketAddress address = first.plain();
            try (EngineUnderTest second = EngineUnderTest.with(upstream.address())
                    .loops(2)
                    .inheriting(handedOver(first.listeners()))
                    .start()) {
                assertEquals(address, second.plain());
                first.drain(Duration.ofSeconds(20), Duration.ZERO);
                served.awaitAtLeast(served.count() + 200);
                over.set(true);
                clients.join();
            }
        }
    }

    private static InheritedSockets handedOver(List<Listener> listeners) throws IOException {
        return InheritedSockets.of(listeners.stream()
                .map(listener -> new InheritedSockets.OfListener(
                        listener.asked(), Descriptors.duplicates(listener.descriptors())))
                .toList());
    }

    @Test
    void aListenerAtALentSocketCanGoAndComeBackAndWhoeverWaitedMeanwhileIsServed() throws Exception {
        int descriptor = Descriptors.listening();
        InetSocketAddress address = Descriptors.addressOf(descriptor);
        InheritedSockets lent = InheritedSockets.lent(List.of(descriptor));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .onlyAt(address)
                        .inheriting(lent)
                        .start()) {
            for (int i = 0; i < 3; i++) {
                assertServed(address);
                InetSocketAddress other = proxy.apply(EngineUnderTest.with(upstream.address()))
                        .getFirst()
                        .address();
                try (RawClient waiting = RawClient.to(address)) {
                    waiting.send(GET);
                    assertServed(other);
                    proxy.apply(EngineUnderTest.with(upstream.address())
                            .onlyAt(address)
                            .inheriting(lent));
                    assertEquals(200, waiting.reply("GET").status());
                }
            }
        }
    }

    private static void assertServed(InetSocketAddress address) {
        try (RawClient client = RawClient.to(address)) {
            assertEquals(200, client.send(GET).reply("GET").status());
        }
    }

    @Test
    void whatNoListenerTakesIsClosedAndNamed() throws Exception {
        int descriptor = Descriptors.listening();
        InetSocketAddress address = Descriptors.addressOf(descriptor);
        InheritedSockets inherited = InheritedSockets.ofDescriptors(List.of(descriptor));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .inheriting(inherited)
                        .start();
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(200, client.send(GET).reply("GET").status());
            assertEquals(List.of(address), inherited.closeUnused());
            assertThrows(UncheckedIOException.class, () -> RawClient.to(address));
            assertEquals(List.of(), inherited.closeUnused());
        }
    }

    @Test
    void aDescriptorThatDoesNotListenIsRefusedInASentence() {
        IOException refused = assertThrows(IOException.class, () -> InheritedSockets.ofDescriptors(List.of(0)));
        assertEquals(
                "file descriptor 0 is no socket that listens; expected one for TCP, opened by whoever started this process",
                refused.getMessage());
    }
}
