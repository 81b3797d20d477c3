package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.relay.Admission;
import io.planeproxy.core.relay.RateLimit;
import io.planeproxy.core.route.AddressRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which client addresses are served, and how often. */
class AdmissionTest {
    private static final AddressRules RULES = new AddressRules(
            EngineUnderTest.ranges("203.0.113.0/24", "2001:db8::/32"),
            EngineUnderTest.ranges("203.0.113.9", "2001:db8:bad::/48"));

    @Test
    void aListenerServesWhomItAllowsAndDoesNotDeny() {
        assertRules(with -> with.admission(new Admission(RULES, Optional.empty())));
    }

    @Test
    void aRouteTakesWhomItAllowsAndDoesNotDeny() {
        assertRules(with -> with.routeAccess(RULES));
    }

    private static void assertRules(java.util.function.UnaryOperator<EngineUnderTest.Builder> rules) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = rules.apply(EngineUnderTest.with(upstream.address()))
                        .trusting("127.0.0.0/8")
                        .start()) {
            assertEquals(200, vouchedFor(proxy, "203.0.113.7").status());
            assertEquals(200, vouchedFor(proxy, "2001:db8:1::7").status());
            assertEquals(403, vouchedFor(proxy, "203.0.113.9").status());
            assertEquals(403, vouchedFor(proxy, "2001:db8:bad::1").status());
            assertEquals(403, vouchedFor(proxy, "198.51.100.1").status());
            assertEquals(403, vouchedFor(proxy, "2001:db9::1").status());
            assertEquals(403, vouchedFor(proxy, "203.0.113.7, 198.51.100.1").status());
            assertEquals(
                    List.of("address-denied"), vouchedFor(proxy, "198.51.100.1").values("X-Plane-Proxy-Cause"));
            assertEquals(2, upstream.requests().size());
        }
    }

    @Test
    void whatAStrangerSaysOfItsAddressDoesNotCount() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .admission(new Admission(RULES, Optional.empty()))
                        .start()) {
            assertEquals(403, vouchedFor(proxy, "203.0.113.7").status());
        }
    }

    @Test
    void whoComesTooOftenIsAnswered429AndServedAgainLater() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .admission(new Admission(
                                AddressRules.EVERYBODY, Optional.of(new RateLimit(1, 1, System.nanoTime()))))
                        .trusting("127.0.0.0/8")
                        .start()) {
            assertEquals(200, vouchedFor(proxy, "203.0.113.1").status());
            assertEquals(200, vouchedFor(proxy, "203.0.113.1").status());
            Reply refused = vouchedFor(proxy, "203.0.113.1");
            assertEquals(429, refused.status());
            assertEquals(List.of("1"), refused.values("Retry-After"));
            assertEquals(List.of("rate-limited"), refused.values("X-Plane-Proxy-Cause"));
            assertEquals(200, vouchedFor(proxy, "203.0.113.2").status());
            assertTrue(servedBeforePatienceEnds(proxy, "203.0.113.1"));
        }
    }

    private static boolean servedBeforePatienceEnds(EngineUnderTest proxy, String client) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (vouchedFor(proxy, client).status() == 200) {
                return true;
            }
        }
        return false;
    }

    private static Reply vouchedFor(EngineUnderTest proxy, String client) {
        try (RawClient trusted = RawClient.to(proxy.plain())) {
            return trusted.send("GET /x HTTP/1.1\r\nHost: plane.example\r\nX-Forwarded-For: " + client + "\r\n\r\n")
                    .reply("GET");
        }
    }
}
