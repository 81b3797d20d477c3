package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.planeproxy.core.cause.Cause;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One normal form for a path, and no path whose meaning depends on the reader. */
final class TargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.",
                "/..",
                "/./",
                "/../",
                "/a/..",
                "/a/../b",
                "/a/./b",
                "/%2e",
                "/%2E%2e",
                "/.%2e/x",
                "/%2e./x",
                "/a/%2e%2E/b",
                "/..;",
                "/..;/x",
                "/a/..;v=1/b",
                "/.;x",
                "/..%3b",
                "/%2e%2e%3Bx",
                "/..%2f",
                "/..%2Fx",
                "/..%5c",
                "/..%5Cx",
                "/a%2f..",
                "/a%2F../b",
                "/a%5c..%5cb",
                "/%2f%2e%2e",
                "/a%2f.%2fb",
                "//..",
                "//.//",
                "/../?q",
                "/a/..?q=1",
                "/;/..",
                "/a;b/../c"
            })
    void aDotSegmentInAnySpellingIsRefused(String raw) {
        assertRefused(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%", "/%2", "/a%", "/%g0", "/%0g", "/%zz/x", "/%%41", "/% 41", "/%-1", "/%+1", "/%00", "/a%00b",
                "/%u0041"
            })
    void aBadPercentEncodingAndAnEncodedNulAreRefused(String raw) {
        assertRefused(raw);
    }

    private static void assertRefused(String raw) {
        Malformed malformed =
                assertThrows(Rejection.class, () -> Target.origin(raw)).malformed();
        assertEquals(Cause.MALFORMED_PATH, malformed.cause());
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, //",
        "/a//b/, /a//b/",
        "/%61pi/, /api/",
        "/%41PI/%7e, /API/~",
        "/a%2fb, /a%2Fb",
        "/a%2Fb, /a%2Fb",
        "/a%5cb, /a%5Cb",
        "/%e2%82%ac, /%E2%82%AC",
        "/%252e%252e/, /%252e%252e/",
        "/..., /...",
        "/...;, /...;",
        "/a.., /a..",
        "/..a, /..a",
        "/.well-known, /.well-known",
        "/a;.., /a;..",
        "/%20%3F%23, /%20%3F%23",
        "/x?a=%zz/../, /x",
        "/x?, /x"
    })
    void onlyUnreservedCharactersAreDecoded(String raw, String normal) throws Rejection {
        Target target = Target.origin(raw);
        assertEquals(raw, target.raw());
        assertEquals(normal, target.normalPath());
    }

    @Property
    void theNormalFormIsItsOwnNormalForm(@ForAll @From("paths") String path) {
        try {
            String normal = NormalPath.of(path);
            assertEquals(normal, NormalPath.of(normal));
        } catch (Rejection refused) {
            assertEquals(Cause.MALFORMED_PATH, refused.malformed().cause());
        }
    }

    /** What a careless upstream does: decodes all, once or twice, takes backslashes for slashes, drops parameters. */
    @Property(tries = 5000)
    void noAcceptedPathClimbsForACarelessReader(@ForAll @From("paths") String path) {
        String normal;
        try {
            normal = NormalPath.of(path);
        } catch (Rejection refused) {
            return;
        }
        for (String segment : decode(path).replace('\\', '/').split("/", -1)) {
            String name = segment.contains(";") ? segment.substring(0, segment.indexOf(';')) : segment;
            assertEquals(false, name.equals(".") || name.equals(".."), path + " became " + normal);
        }
    }

    private static String decode(String path) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                decoded.append((char) Integer.parseInt(path, i + 1, i + 3, 16));
                i += 2;
            } else {
                decoded.append(path.charAt(i));
            }
        }
        return decoded.toString();
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(List.of(
                        "/", "/", ".", ".", "..", "%2e", "%2E", "%2f", "%2F", "%5c", "%5C", ";", "%3b", "a", "%61", "%",
                        "%00", "%25", "-"))
                .list()
                .ofMaxSize(8)
                .map(parts -> "/" + String.join("", parts));
    }
}
