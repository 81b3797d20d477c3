package io.planeproxy.server.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The content of the configuration file: its section {@code plane-proxy}, with substitutions resolved from the file itself and from
 * the environment that was passed in. System properties play no part.
 */
record ConfigFile(ConfigObject content, Origin where) {
    private static final ConfigObject EMPTY = ConfigFactory.empty().root();

    /** Faulty where the file cannot be read or is no HOCON; the problem is then in the findings. */
    static Field<ConfigFile> load(Sources sources, Origins origins, Findings findings) {
        Optional<Problem> unreadable = unreadable(sources.file());
        if (unreadable.isPresent()) {
            findings.add(unreadable.get());
            return new Field.Faulty<>();
        }
        try {
            ConfigResolveOptions resolving = ConfigResolveOptions.defaults()
                    .setUseSystemEnvironment(false)
                    .appendResolver(new EnvironmentResolver(sources.environment()));
            return section(parse(sources.file()).resolve(resolving).root(), origins, findings);
        } catch (ConfigException e) {
            findings.add(SyntaxProblem.of(e, origins));
            return new Field.Faulty<>();
        }
    }

    private static Optional<Problem> unreadable(ConfigSource source) {
        return switch (source) {
            case ConfigSource.None _, ConfigSource.Text _ -> Optional.empty();
            case ConfigSource.File(Path file) -> PathWalk.whyUnreadable(file)
                    .map(why -> new Problem(new Origin.WholeFile(file), "", why.seen(), "", why.advice()));
        };
    }

    private static Config parse(ConfigSource source) {
        ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
        return switch (source) {
            case ConfigSource.None() -> ConfigFactory.empty();
            case ConfigSource.File(Path file) -> ConfigFactory.parseFile(file.toAbsolutePath().toFile(), options);
            case ConfigSource.Text(String name, String hocon) ->
                ConfigFactory.parseString(hocon, options.setOriginDescription(name));
        };
    }

    private static Field<ConfigFile> section(ConfigObject root, Origins origins, Findings findings) {
        for (String key : root.keySet()) {
            if (!key.equals(SettingsReader.ROOT) && seemsMisplaced(key)) {
                String advice = "move it into " + SettingsReader.ROOT + " { … }";
                findings.add(new Problem(origins.of(root.get(key).origin()), key, "unknown key at the top of the file", "", advice));
            }
        }
        ConfigValue section = root.get(SettingsReader.ROOT);
        if (section instanceof ConfigObject object) {
            return new Field.Found<>(new ConfigFile(object, origins.of(object.origin())));
        }
        if (root.isEmpty()) {
            return new Field.Found<>(new ConfigFile(EMPTY, origins.whole()));
        }
        Origin where = section == null ? origins.whole() : origins.of(section.origin());
        String seen = section == null ? "no section " + SettingsReader.ROOT : SettingsReader.ROOT + " is no section";
        findings.add(new Problem(where, "", seen, SettingsReader.ROOT + " { … } around all keys", ""));
        return new Field.Faulty<>();
    }

    /** Other names at the top of a file are variables of the operator's own. */
    private static boolean seemsMisplaced(String key) {
        return Nearest.distance(key, SettingsReader.ROOT) <= 2
                || key.equals("upstream")
                || Reference.defaults().containsKey(key);
    }
}
