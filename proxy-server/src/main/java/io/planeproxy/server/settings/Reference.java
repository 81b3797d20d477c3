package io.planeproxy.server.settings;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The built-in reference: the only place where a default stands. */
final class Reference {
    static final String NAME = "plane-proxy-reference.conf";

    private Reference() {}

    /** The defaults, which are what stands in the reference without a comment sign. */
    static ConfigObject defaults() {
        ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(NAME);
        return ConfigFactory.parseString(withoutComments(), options).getObject(SettingsReader.ROOT);
    }

    /** Line for line, since origins count them. To let the parser read what it drops would take a fiftieth of the start. */
    private static String withoutComments() {
        return text().lines()
                .map(line -> line.stripLeading().startsWith("#") ? "" : line)
                .collect(Collectors.joining("\n"));
    }

    /** The reference with its comments. */
    static String text() {
        try (InputStream in = Reference.class.getResourceAsStream("/" + NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is not in the program; expected it at the root of the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
