package io.planeproxy.core.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.TunnelEnd;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.relay.UpstreamStream;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits for an upstream that is away, and what becomes of them, in a time of its own. */
final class HoldsTest {
    private static final Upstream LIVE = new Upstream(Scheme.HTTP, "live", 3000);
    private static final Refusal REFUSED = new Refusal(Cause.UPSTREAM_REFUSED, "http://live:3000 refuses connections");
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Server server = new Server();
    private final HoldCount count = new HoldCount();
    private final Holds holds = new Holds(new Callbacks(clock.eventLoop(), Assertions::fail), server, count);

    @BeforeEach
    void stopTheClock() {
        clock.freezeTime();
    }

    @AfterEach
    void nothingIsLeft() {
        pass(60_000);
        assertEquals(0, count.now());
        assertEquals(-1, clock.runScheduledPendingTasks(), "a timer is left");
        clock.finishAndReleaseAll();
    }

    @Test
    void oneTriesForAllWhileTheUpstreamIsAway() {
        waiters(100, LIMIT);
        pass(10_000);
        assertTrue(server.asked >= 10 && server.asked <= 20, server.asked + " tries in ten seconds");
    }

    @Test
    void whoWaitsGetsAConnectionSoonAfterTheUpstreamIsBack() {
        Waiter waiter = waiter(LIMIT);
        pass(8000);
        server.away = false;
        pass(1200);
        assertEquals("leased", waiter.told());
    }

    @Test
    void theFirstGoesAloneAndTheOthersFollowOneByOne() {
        List<Waiter> waiters = waiters(50, LIMIT);
        server.away = false;
        pass(100);
        assertEquals(1, leased(waiters));
        assertEquals("leased", waiters.getFirst().told());
        pass(300);
        assertTrue(leased(waiters) <= 6, "not all at once");
        pass(500);
        assertTrue(leased(waiters) > 10 && leased(waiters) < 50, leased(waiters) + " after half a second");
        pass(2000);
        assertEquals(50, leased(waiters));
    }

    @Test
    void howeverManyThereAreAllAreGoneSoon() {
        List<Waiter> waiters = waiters(1024, LIMIT);
        server.away = false;
        pass(100 + 300 + 2100);
        assertEquals(1024, leased(waiters));
    }

    /** As docker's forwarding of ports does it while the container restarts. */
    @Test
    void whoIsBackAtOnceKeepsTheOthersWaiting() {
        List<Waiter> waiters = waiters(10, LIMIT);
        waiters.forEach(waiter -> waiter.comesBack = 3);
        server.away = false;
        pass(100);
        assertEquals(0, leased(waiters));
        assertEquals(10, count.now());
        pass(2000);
        assertTrue(server.asked <= 8, server.asked + " connections, one after the other and ever later");
        waiters.forEach(waiter -> waiter.comesBack = 0);
        pass(4000);
        assertEquals(10, leased(waiters));
    }

    @Test
    void anUpstreamThatIsAwayAgainStopsTheRelease() {
        List<Waiter> waiters = waiters(50, LIMIT);
        server.away = false;
        pass(500);
        server.away = true;
        pass(1000);
        long before = leased(waiters);
        assertTrue(before < 50, before + " have gone");
        assertEquals(50 - before, count.now());
        pass(2000);
        assertEquals(before, leased(waiters));
        server.away = false;
        pass(5000);
        assertEquals(50, leased(waiters));
    }

    @Test
    void afterItsTimeEachIsToldWhy() {
        Waiter early = waiter(Duration.ofSeconds(2));
        Waiter late = waiter(LIMIT);
        pass(1999);
        assertEquals("waits", early.told());
        pass(1);
        assertEquals(
                "upstream-away: upstream-refused: http://live:3000 refuses connections, and was not back in time",
                early.told());
        pass(12_999);
        assertEquals("waits", late.told());
        pass(1);
        assertTrue(late.told().startsWith("upstream-away: upstream-refused"), late.told());
    }

    @Test
    void whoHasNoTimeLeftIsToldAtOnce() {
        assertTrue(waiter(Duration.ZERO).told().startsWith("upstream-away"));
        assertTrue(waiter(Duration.ofMillis(-5)).told().startsWith("upstream-away"));
        assertEquals(0, server.asked);
    }

    @Test
    void oneMoreThanMayWaitIsToldAtOnce() {
        List<Waiter> waiters = waiters(3, LIMIT);
        Waiter oneTooMany = new Waiter();
        oneTooMany.wait(LIMIT, 3);
        assertEquals(
                "upstream-away: upstream-refused: http://live:3000 refuses connections, and 3 requests wait already",
                oneTooMany.told());
        waiters.getFirst().claim.withdraw();
        Waiter another = new Waiter();
        another.wait(LIMIT, 3);
        assertEquals("waits", another.told());
    }

    @Test
    void whoLeavesIsNotToldAnything() {
        List<Waiter> waiters = waiters(2, LIMIT);
        waiters.forEach(waiter -> waiter.claim.withdraw());
        assertEquals(0, count.now());
        server.away = false;
        pass(20_000);
        assertEquals(0, server.asked, "nobody tries for nobody");
        assertEquals("waits", waiters.getFirst().told());
    }

    @Test
    void whoLeavesDuringTheConnectDoesNotKeepItFromTheOthers() {
        server.answersLate = true;
        List<Waiter> waiters = waiters(2, LIMIT);
        pass(100);
        waiters.getFirst().claim.withdraw();
        server.away = false;
        server.answerLate();
        assertEquals("waits", waiters.getFirst().told());
        assertEquals("leased", waiters.getLast().told());
    }

    @Test
    void theConnectIsWithdrawnWhenNobodyWaitsAnyMore() {
        server.answersLate = true;
        Waiter waiter = waiter(LIMIT);
        pass(100);
        waiter.claim.withdraw();
        assertEquals(1, server.withdrawn);
    }

    @Test
    void atTheEndAllAreToldAndNobodyWaitsAnyMore() {
        List<Waiter> waiters = waiters(3, LIMIT);
        holds.close();
        waiters.forEach(waiter -> assertTrue(waiter.told().startsWith("shutdown"), waiter.told()));
        assertTrue(waiter(LIMIT).told().startsWith("shutdown"));
    }

    private List<Waiter> waiters(int number, Duration limit) {
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            waiters.add(waiter(limit));
        }
        return waiters;
    }

    private Waiter waiter(Duration limit) {
        Waiter waiter = new Waiter();
        waiter.wait(limit, 2000);
        return waiter;
    }

    private static long leased(List<Waiter> waiters) {
        return waiters.stream().filter(waiter -> waiter.told().equals("leased")).count();
    }

    private void pass(long millis) {
        for (int i = 0; i < millis; i++) {
            clock.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            clock.runScheduledPendingTasks();
        }
    }

    /** One who waits, and who may find its connection worth nothing. */
    private final class Waiter implements UpstreamSource.Taker {
        private UpstreamSource.Claim claim = () -> {};
        private String told = "waits";
        private int comesBack;

        void wait(Duration limit, int most) {
            claim = holds.hold(LIVE, new UpstreamSource.Stay(limit, most, REFUSED), this);
        }

        String told() {
            return told;
        }

        @Override
        public void leased(UpstreamStream stream, Event.Leased.Origin origin) {
            if (comesBack > 0) {
                comesBack--;
                wait(LIMIT, 2000);
            } else {
                told = "leased";
            }
        }

        @Override
        public void leaseFailed(Refusal refusal) {
            if (refusal.cause() == Cause.UPSTREAM_REFUSED) {
                wait(LIMIT, 2000);
            } else {
                told = refusal.cause().code() + ": " + refusal.detail();
            }
        }
    }

    /** Where connections come from. */
    private static final class Server implements UpstreamSource {
        private final List<Taker> late = new ArrayList<>();
        private boolean away = true;
        private boolean answersLate;
        private int asked;
        private int withdrawn;

        @Override
        public Claim lease(Upstream upstream, Freshness freshness, Taker taker) {
            asked++;
            if (answersLate) {
                late.add(taker);
                return () -> withdrawn++;
            }
            answer(taker);
            return () -> {};
        }

        void answerLate() {
            answersLate = false;
            late.forEach(this::answer);
        }

        private void answer(Taker taker) {
            if (away) {
                taker.leaseFailed(REFUSED);
            } else {
                taker.leased(new NoStream(), Event.Leased.Origin.FRESH);
            }
        }

        @Override
        public Claim hold(Upstream upstream, Stay stay, Taker taker) {
            throw new AssertionError("nobody waits here");
        }
    }

    /** A connection that nobody uses. */
    private record NoStream() implements UpstreamStream {
        @Override
        public void send(OutboundRequest request, Duration replyTimeout, Listener listener) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void sendBody(ByteBuf data) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void endBody() {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void resumeReply() {}

        @Override
        public void pauseReply() {}

        @Override
        public void discard() {}

        @Override
        public TunnelEnd detach() {
            throw new AssertionError("there is no tunnel");
        }

        @Override
        public boolean isWritable() {
            return true;
        }
    }
}
