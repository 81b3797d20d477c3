package io.planeproxy.server.settings;

import com.typesafe.config.ConfigObject;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the environment and the command line say, item by item; an option comes before the variable of the same meaning. Every key
 * with a single value or a list of texts has a variable: {@code timeouts.reply} is {@code PLANE_PROXY_TIMEOUTS_REPLY}.
 *
 * @param byKey by the key below {@code plane-proxy}
 * @param listening about listeners
 */
record Shorthands(Map<String, Given> byKey, Map<Shorthand, Given> listening) {
    static final String PREFIX = "PLANE_PROXY_";

    /** Names that begin like ours and are read elsewhere. */
    private static final Pattern READ_ELSEWHERE = Pattern.compile(PREFIX + "(CONFIG|JAVA_OPTS|TEST_.*)");

    /** What Kubernetes sets in each container where a service has the name plane-proxy. */
    private static final Pattern SET_BY_KUBERNETES =
            Pattern.compile(PREFIX + "(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern KUBERNETES_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

    /**
     * A text and where it came from.
     *
     * @param description as {@link Origins} makes it
     */
    record Given(String text, String description) {}

    static Shorthands of(Sources sources, ConfigObject defaults, Findings findings) {
        Map<String, String> keys = variables(defaults);
        reportUnknown(sources.environment(), keys, findings);
        Map<String, Given> byKey = new LinkedHashMap<>();
        keys.forEach((variable, key) -> given(sources, variable, "--" + key).ifPresent(given -> byKey.put(key, given)));
        Map<Shorthand, Given> listening = new EnumMap<>(Shorthand.class);
        for (Shorthand shorthand : Shorthand.values()) {
            given(sources, shorthand.variable(), shorthand.option())
                    .ifPresent(given -> listening.put(shorthand, given));
        }
        return new Shorthands(byKey, listening);
    }

    /** The keys that have a variable, by its name. */
    static Map<String, String> variables(ConfigObject defaults) {
        Map<String, String> keys = new TreeMap<>();
        keys.put(PREFIX + "UPSTREAM", "upstream");
        defaults.withoutKey("listeners")
                .withoutKey("routes")
                .toConfig()
                .entrySet()
                .forEach(entry -> {
                    String variable =
                            PREFIX + entry.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
                    keys.put(variable, entry.getKey());
                });
        return keys;
    }

    private static Optional<Given> given(Sources sources, String variable, String option) {
        String fromOption = sources.options().get(option);
        if (fromOption != null) {
            return Optional.of(new Given(fromOption, Origins.option(option)));
        }
        return Optional.ofNullable(sources.environment().get(variable))
                .filter(text -> !text.isBlank())
                .map(text -> new Given(text, Origins.variable(variable)));
    }

    private static void reportUnknown(Map<String, String> environment, Map<String, String> keys, Findings findings) {
        TreeSet<String> known = new TreeSet<>(keys.keySet());
        for (Shorthand shorthand : Shorthand.values()) {
            known.add(shorthand.variable());
        }
        known.add(PREFIX + "CONFIG");
        known.add(PREFIX + "JAVA_OPTS");
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !known.contains(name) && !isOfOthers(name, value)) {
                String advice = Nearest.to(
                                name.substring(PREFIX.length()),
                                known.stream()
                                        .map(word -> word.substring(PREFIX.length()))
                                        .toList())
                        .map(near -> "the nearest known one is " + PREFIX + near)
                        .orElse("remove it; conf/plane-proxy-reference.conf lists the known ones");
                findings.add(new Problem(new Origin.Variable(name), "", "unknown environment variable", "", advice));
            }
        });
    }

    private static boolean isOfOthers(String name, String value) {
        return value.isBlank()
                || READ_ELSEWHERE.matcher(name).matches()
                || SET_BY_KUBERNETES.matcher(name).matches()
                || (name.equals(PREFIX + "PORT")
                        && KUBERNETES_PORT.matcher(value).matches());
    }
}
