package io.planeproxy.server.nginx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.planeproxy.server.nginx.NginxImport.Order;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Whatever stands in a site of nginx, it is told where it is wrong, or imported; and an import proves what it makes. */
final class NginxImportFuzzTest {
    private static final Path FILE = Path.of("site.conf");

    @FuzzTest
    void anyTextIsImportedOrToldWhatIsWrong(byte[] text) {
        try {
            Source source = Source.ofText(FILE, new String(text, StandardCharsets.UTF_8));
            NginxImport.of(source, new Order(FILE, Optional.empty(), Optional.empty()));
        } catch (SyntaxFault told) {
            if (told.sentence().isBlank()) {
                throw new AssertionError("a fault without a sentence", told);
            }
        }
    }
}
