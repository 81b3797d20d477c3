package io.planeproxy.server.history;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import io.planeproxy.server.history.Kept.SourceText;
import io.planeproxy.server.history.Kept.Value;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How a configuration that was in service stands in its file. */
final class KeptAsJson {
    private static final ConfigParseOptions JSON = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);

    private KeptAsJson() {}

    static String text(Kept kept) {
        Map<String, Object> members = Map.of(
                "number",
                kept.number(),
                "time",
                kept.time().toString(),
                "asker",
                kept.asker(),
                "files",
                kept.files().stream()
                        .map(file -> Map.of("file", file.file().toString(), "text", file.text()))
                        .toList(),
                "values",
                kept.values().stream()
                        .map(value -> Map.of("key", value.key(), "value", value.value(), "from", value.from()))
                        .toList());
        return ConfigValueFactory.fromMap(members)
                .render(ConfigRenderOptions.concise().setFormatted(true));
    }

    /** @throws IOException where the text is something else, with a sentence that says so */
    static Kept parsed(String text) throws IOException {
        try {
            Config json = ConfigFactory.parseString(text, JSON);
            return new Kept(
                    json.getInt("number"),
                    Instant.parse(json.getString("time")),
                    json.getString("asker"),
                    json.getConfigList("files").stream()
                            .map(file -> new SourceText(Path.of(file.getString("file")), file.getString("text")))
                            .toList(),
                    values(json.getConfigList("values")));
        } catch (ConfigException | DateTimeException | InvalidPathException damaged) {
            throw new IOException("damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static List<Value> values(List<? extends Config> values) {
        return values.stream()
                .map(value -> new Value(value.getString("key"), value.getString("value"), value.getString("from")))
                .toList();
    }
}
