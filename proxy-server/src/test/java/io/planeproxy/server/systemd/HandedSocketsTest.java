package io.planeproxy.server.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.systemd.HandedSockets.Handed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HandedSocketsTest {
    private static final InetSocketAddress ALL_443 = new InetSocketAddress(443);
    private static final InetSocketAddress ALL_80 = new InetSocketAddress(80);

    @Test
    void whereEverySocketHasItsListenerThereIsNothingToLookAt() {
        HandedSockets handed = handed(bound("::", 443), bound("0.0.0.0", 80));
        assertEquals(List.of(), handed.mismatches(List.of(ALL_443, ALL_80)));
        assertEquals(
                Optional.of("*:443, *:80: sockets of systemd, so that a restart refuses no connection there"),
                handed.description());
    }

    @Test
    void twoSocketsForBothFamiliesAreOneListeners() {
        assertEquals(List.of(), handed(bound("::", 443), bound("0.0.0.0", 443)).mismatches(List.of(ALL_443)));
    }

    @Test
    void aSocketThatNoListenerWantsIsOneLine() {
        List<String> lines = handed(bound("::", 443), bound("127.0.0.1", 8443)).mismatches(List.of(ALL_443));
        assertEquals(1, lines.size());
        assertTrue(
                lines.getFirst()
                        .startsWith(
                                "systemd holds a socket at 127.0.0.1:8443 (test.socket), and no listener is there;"),
                lines::toString);
    }

    @Test
    void aListenerWithoutASocketIsOneLine() {
        List<String> lines = handed(bound("::", 443)).mismatches(List.of(ALL_443, ALL_80));
        assertEquals(1, lines.size());
        assertTrue(
                lines.getFirst().startsWith("systemd holds no socket for the listener at *:80; the program opened it"),
                lines::toString);
        assertTrue(lines.getFirst().contains("ListenStream=80 "), lines::toString);
    }

    @Test
    void oneAddressIsNotAll() {
        assertEquals(
                2, handed(bound("127.0.0.1", 443)).mismatches(List.of(ALL_443)).size());
    }

    @Test
    void aSocketIsInTheWayOfWhateverOverlapsItAtItsPort() {
        InetSocketAddress one = bound("127.0.0.1", 443);
        HandedSockets.InTheWay found = handed(bound("::", 443)).inTheWayOf(one).orElseThrow();
        assertEquals(
                "systemd holds a socket at *:443 (test.socket) and has handed it to this program; the two overlap",
                found.seen());
        assertTrue(
                found.advice().startsWith("write ListenStream=127.0.0.1:443 in place of 443 into test.socket, "),
                found::advice);
        assertTrue(handed(one).inTheWayOf(ALL_443).isPresent());
        assertEquals(Optional.empty(), handed(bound("::", 443)).inTheWayOf(ALL_80));
        assertEquals(Optional.empty(), handed(bound("127.0.0.2", 443)).inTheWayOf(one));
        assertEquals(Optional.empty(), HandedSockets.none().inTheWayOf(one));
    }

    @Test
    void withoutSystemdThereIsNothingToSay() {
        HandedSockets none = HandedSockets.of(Map.of(), 17);
        assertEquals(List.of(), none.mismatches(List.of(ALL_443)));
        assertEquals(Optional.empty(), none.description());
        assertEquals(List.of(), none.inherited().closeUnused());
    }

    private static HandedSockets handed(InetSocketAddress... bound) {
        return new HandedSockets(
                List.of(bound).stream()
                        .map(address -> new Handed(3, "test.socket", address))
                        .toList(),
                List.of());
    }

    private static InetSocketAddress bound(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
