package io.planeproxy.server.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes out what was given over the defaults, value by value. */
final class Effective {
    private static final ConfigObject EMPTY = ConfigValueFactory.fromMap(Map.of());

    private final Origins origins;
    private final Set<String> secrets;
    private final List<EffectiveValue> values = new ArrayList<>();

    private Effective(Origins origins, Set<String> secrets) {
        this.origins = origins;
        this.secrets = secrets;
    }

    /** @param secrets the keys whose values nobody may see */
    static List<EffectiveValue> of(ConfigObject given, ConfigObject defaults, Origins origins, Set<String> secrets) {
        Effective effective = new Effective(origins, secrets);
        effective.object(SettingsReader.ROOT, given, defaults);
        return List.copyOf(effective.values);
    }

    private void object(String path, ConfigObject given, ConfigObject defaults) {
        Set<String> keys = new TreeSet<>(given.keySet());
        keys.addAll(defaults.keySet());
        for (String key : keys) {
            Optional<ConfigValue> byDefault = Optional.ofNullable(defaults.get(key));
            Optional.ofNullable(given.get(key))
                    .filter(value -> value.valueType() != ConfigValueType.NULL)
                    .or(() -> byDefault)
                    .ifPresent(value -> value(path + "." + key, value, byDefault));
        }
    }

    private void value(String path, ConfigValue value, Optional<ConfigValue> byDefault) {
        if (value instanceof ConfigObject object) {
            object(path, object, section(byDefault));
        } else if (value instanceof ConfigList list && !list.isEmpty() && list.getFirst() instanceof ConfigObject) {
            ConfigObject pattern = section(byDefault
                    .filter(ConfigList.class::isInstance)
                    .flatMap(defaults -> ((ConfigList) defaults).stream().findFirst()));
            for (int i = 0; i < list.size(); i++) {
                value(path + "[" + i + "]", list.get(i), Optional.of(pattern));
            }
        } else {
            values.add(new EffectiveValue(path, shown(path, value), origins.of(value)));
        }
    }

    private static ConfigObject section(Optional<ConfigValue> value) {
        return value.filter(ConfigObject.class::isInstance)
                .map(ConfigObject.class::cast)
                .orElse(EMPTY);
    }

    private String shown(String path, ConfigValue value) {
        if (secrets.contains(path)) {
            return "(secret)";
        }
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> value.unwrapped().toString();
            case OBJECT, LIST, NULL -> value.render(ConfigRenderOptions.concise());
        };
    }
}
