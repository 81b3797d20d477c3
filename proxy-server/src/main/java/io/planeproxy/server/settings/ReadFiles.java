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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Notes which files a configuration is read from: the one that is named, and what that includes. */
public final class ReadFiles {
    /** One of these the library wants at the end of a name that is included, and puts there where none is. */
    static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<MissedInclude> missed = new LinkedHashSet<>();

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

    /** Includes that brought nothing. */
    List<MissedInclude> missed() {
        return List.copyOf(missed);
    }

    static boolean hasKnownEnding(String name) {
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** What the library looks for where that name is included. */
    static Stream<String> names(String included) {
        return hasKnownEnding(included) ? Stream.of(included) : ENDINGS.stream().map(ending -> included + ending);
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

    /** Looks before the content is taken, since that throws where the include says required(). */
    private ConfigObject noted(MissedInclude include, Stream<File> named, Supplier<ConfigObject> content) {
        List<File> there = named.filter(File::exists).toList();
        there.forEach(this::note);
        if (there.isEmpty() || !there.stream().allMatch(file -> file.isFile() && file.canRead())) {
            missed.add(include);
        }
        ConfigObject taken = content.get();
        if (!taken.isEmpty()) {
            missed.remove(include);
        }
        return taken;
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
            Stream<File> named = names(what).flatMap(name -> file(context, name).stream());
            return noted(
                    new MissedInclude(what, Optional.empty()),
                    named,
                    () -> following().include(context, what));
        }

        private static Optional<File> file(ConfigIncludeContext context, String name) {
            return Optional.<ConfigParseable>ofNullable(context.relativeTo(name))
                    .flatMap(found -> Optional.ofNullable(found.origin().filename()))
                    .map(File::new);
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return noted(
                    new MissedInclude(what.getPath(), Optional.of(what.toPath().toAbsolutePath())),
                    names(what.getPath()).map(File::new),
                    () -> following() instanceof ConfigIncluderFile ofFiles
                            ? ofFiles.includeFile(context, what)
                            : following().include(context, what.getPath()));
        }

        private ConfigIncluder following() {
            if (next == null) {
                throw new IllegalStateException("an includer that stands alone; expected the library's behind it");
            }
            return next;
        }
    }
}
