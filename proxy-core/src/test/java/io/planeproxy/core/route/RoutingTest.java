package io.planeproxy.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Heads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way a request goes. */
final class RoutingTest {
    private static final List<Route> PLANE = List.of(
            route("/spaces/", "space"),
            route("/god-mode/", "admin"),
            route("/live/", "live"),
            route("/api/", "api"),
            route("/auth/", "api"),
            route("/static/", "api"),
            route("/uploads", "minio"),
            route("/api/deep/", "deep"));

    @ParameterizedTest
    @CsvSource({
        "/, web",
        "/api/, api",
        "/api/x, api",
        "/api//x, api",
        "/api, web",
        "/apix, web",
        "/API/x, web",
        "//x, web",
        "/x%2fapi/y, web",
        "/%61pi/x, api",
        "/ap%69/, api",
        "/api/deep/x, deep",
        "/api/deep, api",
        "/api/deepx, api",
        "/uploads, minio",
        "/uploads/, minio",
        "/uploads/a/b?X-Amz=1, minio",
        "/uploads?x, minio",
        "/uploadsX, web",
        "/uploads/x%2Fy, minio",
        "/uploads;x, web",
        "/live/collaboration?a=/api/, live",
        "/x?/api/, web",
        "/spaces, web",
        "/x/api/y, web"
    })
    void aRequestTakesTheLongestPrefixOfWholeSegments(String target, String upstream) {
        for (int turn = 0; turn < 5; turn++) {
            List<Route> shuffled = new ArrayList<>(PLANE);
            Collections.shuffle(shuffled, new Random(turn));
            assertEquals(upstream, upstream(new RouteTable(shuffled, route("/", "web")), target));
        }
    }

    /** What stands behind may merge slashes, and would serve it without the rules of its route. */
    @ParameterizedTest
    @ValueSource(
            strings = {"//api/x", "/%2fapi/x", "/api//deep/x", "///god-mode/", "//uploads", "/api%2fx", "/uploads%2Fx"})
    void aPathThatMergedSlashesWouldTakeElsewhereIsRefused(String target) {
        RouteTable table = new RouteTable(PLANE, route("/", "web"));
        Decision.Refuse refused = assertInstanceOf(
                Decision.Refuse.class, table.decide(Heads.request("GET " + target + " HTTP/1.1", "Host: a")));
        assertEquals(Cause.MALFORMED_PATH, refused.refusal().cause());
    }

    @Test
    void aLentPathGoesToItsBorrowerWhileItIsLentAndWhatCameIsNoted() {
        Traces traces = new Traces();
        Router router = new Traced(new RouteTable(PLANE, route("/", "web")), traces);
        assertEquals("web", upstream(router, "/trace/1"));
        traces.lend("/trace/1", route("/trace", "borrower"));
        traces.lend("/trace/2", route("/trace", "other"));
        assertEquals("borrower", upstream(router, "/trace/1"));
        assertEquals("borrower", upstream(router, "/tr%61ce/1?a=b"));
        assertEquals("web", upstream(router, "/trace/1/"));
        assertEquals("web", upstream(router, "/trace/3"));
        assertEquals("live", upstream(router, "/live/x"));
        assertEquals(
                List.of("/trace/1", "/tr%61ce/1?a=b"),
                traces.noted("/trace/1").stream()
                        .map(head -> head.target().raw())
                        .toList());
        traces.takeBack("/trace/1");
        assertEquals("web", upstream(router, "/trace/1"));
        assertEquals("other", upstream(router, "/trace/2"));
        assertEquals(List.of(), traces.noted("/trace/1"));
    }

    @Test
    void ofManyRequestsForALentPathTheFirstAreNoted() {
        Traces traces = new Traces();
        Router router = new Traced(new RouteTable(PLANE, route("/", "web")), traces);
        traces.lend("/trace/1", route("/trace", "borrower"));
        for (int i = 0; i < 1000; i++) {
            assertEquals("borrower", upstream(router, "/trace/1"));
        }
        assertEquals(32, traces.noted("/trace/1").size());
    }

    @Property
    void aPrefixHoldsItsSegmentsAndNothingBeside(@ForAll Random random) {
        String prefix = segments(random, 1 + random.nextInt(3));
        String path = random.nextBoolean()
                ? prefix + segments(random, random.nextInt(3))
                : segments(random, 1 + random.nextInt(4));
        String[] wanted = prefix.split("/", -1);
        String[] there = path.split("/", -1);
        boolean within = there.length >= wanted.length
                && List.of(wanted).equals(List.of(there).subList(0, wanted.length));
        assertEquals(within, new PathPrefix(prefix).holds(path), prefix + " " + path);
        assertEquals(within && there.length > wanted.length, new PathPrefix(prefix + "/").holds(path));
        assertTrue(PathPrefix.ROOT.holds(path));
    }

    private static String segments(Random random, int count) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < count; i++) {
            path.append('/').append("aab".substring(random.nextInt(3)));
        }
        return path.toString();
    }

    private static String upstream(Router router, String target) {
        return assertInstanceOf(
                        Decision.Forward.class, router.decide(Heads.request("GET " + target + " HTTP/1.1", "Host: a")))
                .route()
                .upstream()
                .host();
    }

    @Test
    void optionsForTheProxyItselfAreAnsweredHere() {
        RouteTable table = new RouteTable(PLANE, route("/", "web"));
        assertInstanceOf(Decision.AnswerOptions.class, table.decide(Heads.request("OPTIONS * HTTP/1.1", "Host: a")));
        assertInstanceOf(
                Decision.AnswerOptions.class, table.decide(Heads.request("OPTIONS http://a HTTP/1.1", "Host: a")));
        assertInstanceOf(Decision.Forward.class, table.decide(Heads.request("OPTIONS / HTTP/1.1", "Host: a")));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, plane, 443, 301 https://plane/",
        "HEAD /a?b HTTP/1.1, plane:80, 443, 301 https://plane/a?b",
        "POST /a HTTP/1.1, plane:8080, 443, 308 https://plane/a",
        "PUT /a HTTP/1.1, plane, 8443, 308 https://plane:8443/a",
        "get /a HTTP/1.1, plane, 443, 308 https://plane/a",
        "GET //evil/a HTTP/1.1, plane, 443, 301 https://plane//evil/a",
        "GET /%61%2f HTTP/1.1, [::1]:80, 8443, 301 https://[::1]:8443/%61%2f",
        "OPTIONS * HTTP/1.1, plane, 443, 308 https://plane/",
        "GET http://plane/x HTTP/1.1, plane:, 443, 301 https://plane/x"
    })
    void everythingIsSentToTheSamePlaceOverHttps(String line, String host, int port, String expected) {
        Decision decision = new HttpsRedirect(port, "fallback").decide(Heads.request(line, "Host: " + host));
        Decision.Redirect redirect = assertInstanceOf(Decision.Redirect.class, decision);
        assertEquals(expected, redirect.status() + " " + redirect.location());
    }

    @Test
    void aRequestThatNamesNoHostIsSentToTheFallback() {
        assertEquals(
                new Decision.Redirect(301, "https://fallback/a"),
                new HttpsRedirect(443, "fallback").decide(Heads.request("GET /a HTTP/1.0")));
    }

    @Test
    void onlyAListedProtocolMayBeSwitchedTo() {
        Intent socket = new Intent.Upgrade("WebSocket", Optional.of("k"));
        Intent both = new Intent.Upgrade("websocket, h2c", Optional.of("k"));
        Intent other = new Intent.Upgrade("h2c", Optional.empty());
        assertSame(socket, Upgrades.WEBSOCKET.permit(socket));
        assertEquals(Intent.PLAIN, Upgrades.WEBSOCKET.permit(both));
        assertEquals(Intent.PLAIN, Upgrades.WEBSOCKET.permit(other));
        assertEquals(Intent.PLAIN, Upgrades.WEBSOCKET.permit(Intent.PLAIN));
        assertSame(other, new Upgrades.Only(Set.of("h2c")).permit(other));
        assertEquals(Intent.PLAIN, new Upgrades.Only(Set.of()).permit(socket));
        assertSame(both, Upgrades.ANY.permit(both));
        assertEquals(Intent.PLAIN, Upgrades.ANY.permit(Intent.PLAIN));
    }

    @Test
    void aBodyLimitAllowsItsLastByte() {
        BodyLimit limit = new BodyLimit.Bytes(10);
        assertFalse(limit.isExceededBy(10));
        assertTrue(limit.isExceededBy(11));
        assertTrue(new BodyLimit.Bytes(0).isExceededBy(1));
        assertFalse(BodyLimit.UNLIMITED.isExceededBy(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> new BodyLimit.Bytes(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api", "*", " /api"})
    void aPrefixBeginsWithASlash(String text) {
        assertThrows(IllegalArgumentException.class, () -> new PathPrefix(text));
    }

    @Test
    void anUpstreamPrintsAsItsUrl() {
        assertEquals("http://web:3000", new Upstream(Scheme.HTTP, "web", 3000).toString());
        assertEquals("https://web", new Upstream(Scheme.HTTPS, "web", 443).toString());
        assertEquals("http://[::1]", new Upstream(Scheme.HTTP, "::1", 80).toString());
        assertThrows(IllegalArgumentException.class, () -> new Upstream(Scheme.HTTP, "", 80));
        assertThrows(IllegalArgumentException.class, () -> new Upstream(Scheme.HTTP, "a", 0));
        assertThrows(IllegalArgumentException.class, () -> new Upstream(Scheme.HTTP, "a", 65536));
    }

    private static Route route(String prefix, String host) {
        return new Route(
                new PathPrefix(prefix),
                new Upstream(Scheme.HTTP, host, 80),
                BodyLimit.UNLIMITED,
                Upgrades.WEBSOCKET,
                Duration.ofSeconds(1));
    }
}
