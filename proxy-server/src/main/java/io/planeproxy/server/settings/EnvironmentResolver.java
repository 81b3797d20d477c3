package io.planeproxy.server.settings;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives {@code ${NAME}} in a file the value of the environment variable, where that is not empty. */
record EnvironmentResolver(Map<String, String> environment) implements ConfigResolver {

    @Override
    public @Nullable ConfigValue lookup(String path) {
        String value = environment.getOrDefault(path, "");
        return value.isEmpty() ? null : ConfigValueFactory.fromAnyRef(value, Origins.variable(path));
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
        return this;
    }
}
