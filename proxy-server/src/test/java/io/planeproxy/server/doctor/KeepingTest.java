package io.planeproxy.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.server.settings.Port;
import io.planeproxy.server.settings.UpstreamUrl;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeepingTest {
    private static final UpstreamUrl UPSTREAM = new UpstreamUrl(UpstreamUrl.Scheme.HTTP, "live", new Port(3000));
    private static final Duration CONNECT = Duration.ofSeconds(5);

    @Test
    void anAnswerThatIsKeptBackIsWaitedForUntilItsTimeIsOver() {
        Keeping keeping = keeping(Optional.of(Duration.ofSeconds(15)));
        assertEquals(Duration.ofSeconds(30), keeping.answerWithin());
        assertEquals(
                "within 30 s, which is longer than websocket.hold lets it keep a request: 15 s",
                keeping.silence(UPSTREAM));
    }

    @Test
    void whereNothingIsKeptBackAConnectionToTheUpstreamMayStillTakeItsTime() {
        Keeping keeping = keeping(Optional.empty());
        assertEquals(Duration.ofSeconds(15), keeping.answerWithin());
        assertEquals("within 15 s", keeping.silence(UPSTREAM));
    }

    @Test
    void nobodyWaitsForAnAnswerThatIsKeptBackForManyMinutes() {
        Keeping keeping = keeping(Optional.of(Duration.ofMinutes(10)));
        assertEquals(Duration.ofMinutes(1), keeping.answerWithin());
        assertEquals(
                "within 60 s; websocket.hold lets it keep a request for 600 s while the upstream http://live:3000 is away",
                keeping.silence(UPSTREAM));
    }

    private static Keeping keeping(Optional<Duration> hold) {
        return new Keeping("websocket.hold", hold, CONNECT);
    }
}
