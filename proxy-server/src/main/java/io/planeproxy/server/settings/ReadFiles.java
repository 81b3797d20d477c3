package io.planeproxy.server.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes which files a configuration is read from: the one that is named, and what that includes. */
public final class ReadFiles {
    /** What the library tries behind a name that is included. */
    private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

    private final Set<Path> files = new LinkedHashSet<>();

    /** The configuration file first; none where there is no file. */
    public static List<Path> of(ConfigSource source) {
        return switch (source) {
            case ConfigSource.None _, ConfigSource.Text _ -> List.of();
            case ConfigSource.File(Path path) -> {
                ReadFiles read = new ReadFiles();
                try {
                    read.parse(path, ConfigParseOptions.defaults());
                } catch (ConfigException faulty) {
                    // Whoever reads it for its values tells what is wrong.
                }
                yield read.files();
            }
        };
    }

    /** Notes what is read on the way, also where it is no HOCON. */
    Config parse(Path path, ConfigParseOptions options) {
        note(path.toFile());
        return ConfigFactory.parseFile(path.toAbsolutePath().toFile(), options.prependIncluder(new Noting(null)));
    }

    List<Path> files() {
        return List.copyOf(files);
    }

    /** As the library decodes it; nothing where the file has gone since it was read. */
    static Optional<String> textOf(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private void note(File file) {
        if (file.isFile()) {
            files.add(file.toPath().toAbsolutePath().normalize());
        }
    }

    private final class Noting implements ConfigIncluder, ConfigIncluderFile {
        private final @Nullable ConfigIncluder next;

        Noting(@Nullable ConfigIncluder next) {
            this.next = next;
        }

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return next == fallback ? this : new Noting(fallback);
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            ENDINGS.forEach(ending -> Optional.<ConfigParseable>ofNullable(context.relativeTo(what + ending))
                    .flatMap(found -> Optional.ofNullable(found.origin().filename()))
                    .ifPresent(name -> note(new File(name))));
            return following().include(context, what);
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            note(what);
            return following() instanceof ConfigIncluderFile ofFiles
                    ? ofFiles.includeFile(context, what)
                    : following().include(context, what.getPath());
        }

        private ConfigIncluder following() {
            if (next == null) {
                throw new IllegalStateException("an includer that stands alone; expected the library's behind it");
            }
            return next;
        }
    }
}
