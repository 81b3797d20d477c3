package io.planeproxy.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of listeners when others are wanted. */
final class ChangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // open               | wanted               | what is done
                "                     | *:80                 | add *:80",
                "*:80                 | *:80                 | keep *:80",
                "*:80                 |                      | remove *:80",
                "*:80                 | *:81                 | add *:81, remove *:80",
                "*:80 *:443           | *:443 *:80           | keep *:443, keep *:80",
                "*:80 *:443           | *:443 *:8443         | keep *:443, add *:8443, remove *:80",
                "127.0.0.1:80         | 127.0.0.2:80         | add 127.0.0.2:80, remove 127.0.0.1:80",
                "*:80                 | 127.0.0.1:80         | add 127.0.0.1:80, remove *:80",
                "0.0.0.0:80           | [::]:80              | keep [::]:80",
                "127.0.0.1:0          | 127.0.0.1:0          | keep 127.0.0.1:0",
                "127.0.0.1:0          | 127.0.0.1:0 127.0.0.1:0 | keep 127.0.0.1:0, add 127.0.0.1:0",
                "127.0.0.1:0 127.0.0.1:0 | 127.0.0.1:0       | keep 127.0.0.1:0, remove 127.0.0.1:0"
            })
    void aListenerStaysWhereItsAddressAndPortDo(String open, String wanted, String done) {
        String changes = Change.between(listeners(open), listeners(wanted)).stream()
                .map(ChangeTest::words)
                .collect(Collectors.joining(", "));
        assertEquals(done, changes);
    }

    @Test
    void whatStaysIsWhatWasOpenThereAndTakesWhatIsWantedThere() {
        Place place = places("*:80").getFirst();
        assertEquals(
                List.of(new Change.Keep<>(place, "old", "new")),
                Change.between(Map.of(place, "old"), Map.of(place, "new")));
    }

    @ParameterizedTest
    @CsvSource({
        "*:80, 127.0.0.1:80, true",
        "127.0.0.1:80, *:80, true",
        "*:80, *:80, true",
        "127.0.0.1:80, 127.0.0.2:80, false",
        "*:80, *:81, false",
        "*:0, *:0, false"
    })
    void aSystemLetsOnlyOneProcessHaveBothWhereTheyOverlap(String one, String other, boolean overlaps) {
        assertEquals(overlaps, places(one).getFirst().overlaps(places(other).getFirst()));
    }

    @Test
    void everyAddressIsOneHostHoweverItIsWritten() {
        assertEquals(places("0.0.0.0:80"), places("[::]:80"));
        assertEquals(places("*:80"), places("0.0.0.0:80"));
        assertFalse(places("127.0.0.1:80").equals(places("[::1]:80")));
        assertTrue(places("").isEmpty());
    }

    private static String words(Change<String, String> change) {
        return switch (change) {
            case Change.Keep<String, String>(var _, var _, String wanted) -> "keep " + wanted;
            case Change.Add<String, String>(var _, String wanted) -> "add " + wanted;
            case Change.Remove<String, String>(var _, String open) -> "remove " + open;
        };
    }

    private static Map<Place, String> listeners(String text) {
        Map<Place, String> listeners = new LinkedHashMap<>();
        List<String> words = words(text);
        List<Place> places = places(text);
        for (int i = 0; i < places.size(); i++) {
            listeners.put(places.get(i), words.get(i));
        }
        return listeners;
    }

    private static List<Place> places(String text) {
        return Place.of(words(text).stream().map(ChangeTest::address).toList());
    }

    private static List<String> words(String text) {
        return text == null || text.isBlank() ? List.of() : Arrays.asList(text.split(" +"));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return host.equals("*")
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
