package io.planeproxy.server.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The content of the configuration file: its section {@code plane-proxy}, with substitutions resolved from the file itself and from
 * the environment that was passed in. System properties play no part.
 */
record ConfigFile(ConfigObject content, Origin where) {
    private static final ConfigObject EMPTY = ConfigFactory.empty().root();
    private static final byte[] UTF_16 = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16_THE_OTHER_WAY_ROUND = {(byte) 0xFE, (byte) 0xFF};

    /** Faulty where the file cannot be read or is no HOCON; the problem is then in the findings. */
    static Field<ConfigFile> load(Sources sources, Origins origins, Findings findings) {
        Optional<Problem> unreadable = unreadable(sources.file());
        if (unreadable.isPresent()) {
            findings.add(unreadable.get());
            return new Field.Faulty<>();
        }
        ReadFiles files = new ReadFiles();
        try {
            ConfigResolveOptions resolving = ConfigResolveOptions.defaults()
                    .setUseSystemEnvironment(false)
                    .appendResolver(new EnvironmentResolver(sources.environment()));
            Config parsed = parse(sources.file(), files);
            SilentSlips.in(sources.file(), files.files(), origins).forEach(findings::add);
            return section(parsed.resolve(resolving).root(), origins, findings);
        } catch (ConfigException e) {
            if (!(e instanceof ConfigException.IO) || files.missed().isEmpty()) {
                findings.add(SyntaxProblem.of(e, sources.file(), origins));
            }
            return new Field.Faulty<>();
        } finally {
            files.missed().forEach(missed -> findings.add(missed.problem(files.files(), origins)));
        }
    }

    private static Optional<Problem> unreadable(ConfigSource source) {
        return switch (source) {
            case ConfigSource.None _, ConfigSource.Text _ -> Optional.empty();
            case ConfigSource.File(Path file) ->
                PathWalk.whyUnreadable(file)
                        .or(() -> whyNoText(file))
                        .map(why -> new Problem(new Origin.WholeFile(file), "", why.seen(), "", why.advice()));
        };
    }

    /** What an editor of Windows may write, by its byte order mark. */
    private static Optional<PathWalk.Obstacle> whyNoText(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] start = content.readNBytes(2);
            return Arrays.equals(start, UTF_16) || Arrays.equals(start, UTF_16_THE_OTHER_WAY_ROUND)
                    ? Optional.of(new PathWalk.Obstacle(
                            "UTF-16 text; expected UTF-8",
                            "convert it: iconv -f utf-16 -t utf-8 " + file + " > " + file + ".utf8"))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Config parse(ConfigSource source, ReadFiles files) {
        ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
        return switch (source) {
            case ConfigSource.None() -> ConfigFactory.empty();
            case ConfigSource.File(Path file) -> files.parse(file, options);
            case ConfigSource.Text(String name, String hocon) ->
                ConfigFactory.parseString(hocon, options.setOriginDescription(name));
        };
    }

    private static Field<ConfigFile> section(ConfigObject root, Origins origins, Findings findings) {
        List<Problem> misplaced = root.entrySet().stream()
                .flatMap(entry -> misplaced(entry.getKey(), origins.of(entry.getValue())).stream())
                .toList();
        misplaced.forEach(findings::add);
        ConfigValue section = root.get(SettingsReader.ROOT);
        if (section instanceof ConfigObject object) {
            return new Field.Found<>(new ConfigFile(object, origins.of(object)));
        }
        if (root.isEmpty()) {
            return new Field.Found<>(new ConfigFile(EMPTY, origins.whole()));
        }
        if (misplaced.isEmpty()) {
            Origin where = section == null ? origins.whole() : origins.of(section);
            String seen =
                    section == null ? "no section " + SettingsReader.ROOT : SettingsReader.ROOT + " is no section";
            findings.add(new Problem(where, "", seen, SettingsReader.ROOT + " { … } around all keys", ""));
        }
        return new Field.Faulty<>();
    }

    /** Other names at the top of a file are variables of the operator's own. */
    private static Optional<Problem> misplaced(String key, Origin where) {
        if (key.equals(SettingsReader.ROOT)) {
            return Optional.empty();
        }
        if (Nearest.to(key, List.of(SettingsReader.ROOT)).isPresent()) {
            return Optional.of(new Problem(
                    where, key, "unknown key", "", "the nearest known one is \"" + SettingsReader.ROOT + "\""));
        }
        if (key.equals("upstream") || Reference.defaults().containsKey(key)) {
            String advice = "move it into " + SettingsReader.ROOT + " { … }";
            return Optional.of(new Problem(where, key, "outside of the section " + SettingsReader.ROOT, "", advice));
        }
        return Optional.empty();
    }
}
