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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * One {@code { … }} of the configuration while it is read, over the same one of the defaults. Each key is asked for once by its name;
 * {@link #whole} then reports the keys that nobody asked for. A key with {@code null} counts as left out.
 */
final class Section {
    private static final int LONGEST_SHOWN = 60;
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(://[^/?#\"@:]*:)[^/?#\"@]*@");
    private static final ConfigObject EMPTY = ConfigValueFactory.fromMap(Map.of());

    private final ConfigObject given;
    private final ConfigObject defaults;
    private final String path;
    private final Origin where;
    private final Origins origins;
    private final Findings findings;
    private final Set<String> known = new TreeSet<>();

    Section(ConfigObject given, ConfigObject defaults, String path, Origin where, Origins origins, Findings findings) {
        this.given = given;
        this.defaults = defaults;
        this.path = path;
        this.where = where;
        this.origins = origins;
        this.findings = findings;
    }

    /** A value that has a default, or that must be given; then the advice says what to write. */
    <T> Field<Located<T>> located(String key, Form<T> form, String adviceWhereMissing) {
        Optional<ConfigValue> value = lookup(key);
        if (value.isEmpty()) {
            report(key, where, "missing", "", adviceWhereMissing);
            return new Field.Faulty<>();
        }
        return parsed(value.get(), path(key), form);
    }

    /** A value that must be given, whatever the default is for. The advice says what to write. */
    <T> Field<Located<T>> required(String key, Form<T> form, String advice) {
        asked(key);
        if (!given(key)) {
            report(key, where, "missing", "", advice);
            return new Field.Faulty<>();
        }
        return located(key, form, advice);
    }

    /** A value that has a default. */
    <T> Field<T> value(String key, Form<T> form) {
        Field<Located<T>> field = located(key, form, "");
        return Field.whole(() -> field.value().value());
    }

    /** A value that may be left out. */
    <T> Optional<Field<Located<T>>> optional(String key, Form<T> form) {
        return lookup(key).map(value -> parsed(value, path(key), form));
    }

    /** As {@link #optional}, for a text that messages must not show. */
    <T> Optional<Field<Located<T>>> optionalSecret(String key, Form<T> form) {
        findings.secret(path(key));
        return lookup(key).map(value -> switch (value.valueType()) {
            case STRING, NUMBER -> parsed(value, path(key), "a secret that is empty", form);
            case OBJECT, LIST, BOOLEAN, NULL -> wrongType(value, path(key), "a value that is no text", "a text");
        });
    }

    /** A list of values; a faulty element makes it faulty, and the others are read all the same. */
    <T> Field<List<T>> values(String key, Form<T> form, String expected) {
        List<Field<Located<T>>> elements = new ArrayList<>();
        Field<ConfigList> list = list(key, expected);
        if (list instanceof Field.Found<ConfigList>(ConfigList found)) {
            for (int i = 0; i < found.size(); i++) {
                elements.add(parsed(found.get(i), path(key) + "[" + i + "]", form));
            }
        }
        return Field.whole(() -> {
            list.value();
            return elements.stream().map(element -> element.value().value()).toList();
        });
    }

    /** Whether the key has this text, which stands in for a list. */
    boolean isWord(String key, String word) {
        return lookup(key)
                .filter(value -> value.valueType() == ConfigValueType.STRING)
                .filter(value -> value.unwrapped().toString().strip().equalsIgnoreCase(word))
                .isPresent();
    }

    /** A section inside of this one, empty where it was left out. */
    Section section(String key) {
        ConfigObject inner = lookup(key)
                .filter(value -> given(key))
                .flatMap(value -> object(value, path(key)))
                .orElse(EMPTY);
        ConfigObject innerDefaults = defaults.get(key) instanceof ConfigObject object ? object : EMPTY;
        return new Section(inner, innerDefaults, path(key), whereOf(key), origins, findings);
    }

    /** The sections of a list; what each leaves out comes from the first one of the default list. */
    List<Section> sections(String key) {
        ConfigObject pattern = defaults.get(key) instanceof ConfigList list
                        && !list.isEmpty()
                        && list.getFirst() instanceof ConfigObject object
                ? object
                : EMPTY;
        List<Section> sections = new ArrayList<>();
        if (list(key, "a list such as [ { … } ]") instanceof Field.Found<ConfigList>(ConfigList elements)) {
            for (int i = 0; i < elements.size(); i++) {
                ConfigValue element = elements.get(i);
                String name = path(key) + "[" + i + "]";
                object(element, name)
                        .ifPresent(inner -> sections.add(
                                new Section(inner, pattern, name, origins.of(element), origins, findings)));
            }
        }
        return sections;
    }

    /** Whether the key was given, by whatever source, rather than left to its default. */
    boolean given(String key) {
        ConfigValue value = given.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    /** Whether the key was given and is a list without elements. */
    boolean isEmptyList(String key) {
        return given.get(key) instanceof ConfigList list && list.isEmpty();
    }

    /** Whether the key was given and is a section. */
    boolean hasSection(String key) {
        return given.get(key) instanceof ConfigObject;
    }

    /** Makes a key known that is read by another way, or not at all this time. */
    void asked(String key) {
        known.add(key);
        findings.askedFor(path(key));
    }

    /** The place of a key, or of this section where the key was left out. */
    Origin whereOf(String key) {
        ConfigValue value = given.get(key);
        return value != null && given(key) ? origins.of(value) : where;
    }

    Origin where() {
        return where;
    }

    /** Reports a problem with a key of this section. */
    void problem(String key, String seen, String expected, String advice) {
        report(key, whereOf(key), seen, expected, advice);
    }

    /** Ends the reading of this section: what it is as a whole, once the unknown keys are reported. */
    <T> Field<T> whole(Supplier<T> fromFields) {
        given.keySet().stream().filter(key -> !known.contains(key)).sorted().forEach(this::reportUnknown);
        return Field.whole(fromFields);
    }

    /** Every value of this section as a whole, once it has been read. */
    List<EffectiveValue> effective() {
        return Effective.of(given, defaults, origins, findings.secrets());
    }

    private void reportUnknown(String key) {
        String advice = NginxHabit.nameHere(key)
                .map(here -> "that is a word of nginx; here it is " + here)
                .or(() -> Nearest.to(key, known).map(near -> "the nearest known one is \"" + near + "\""))
                .orElseGet(() -> "known here are " + String.join(", ", known));
        Origin place = origins.of(Objects.requireNonNull(given.get(key), key));
        report(key, place, "unknown key", "", advice);
    }

    private Optional<ConfigValue> lookup(String key) {
        asked(key);
        return Optional.ofNullable(given(key) ? given.get(key) : defaults.get(key))
                .filter(value -> value.valueType() != ConfigValueType.NULL);
    }

    private Field<ConfigList> list(String key, String expected) {
        Optional<ConfigValue> value = lookup(key);
        if (value.isEmpty()) {
            throw new IllegalStateException(path(key) + " has no default; expected a list in " + Reference.NAME);
        }
        return value.get() instanceof ConfigList list
                ? new Field.Found<>(list)
                : wrongType(value.get(), path(key), shown(value.get()), expected);
    }

    private Optional<ConfigObject> object(ConfigValue value, String name) {
        if (value instanceof ConfigObject object) {
            return Optional.of(object);
        }
        wrongType(value, name, shown(value), "a section such as { … }");
        return Optional.empty();
    }

    private <T> Field<Located<T>> parsed(ConfigValue value, String name, Form<T> form) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> parsed(value, name, shown(value), form);
            case OBJECT, LIST, NULL -> wrongType(value, name, shown(value), "a single value");
        };
    }

    private <T> Field<Located<T>> parsed(ConfigValue value, String name, String seen, Form<T> form) {
        Origin place = origins.of(value);
        try {
            return new Field.Found<>(new Located<>(form.parse(value.unwrapped().toString()), place, name));
        } catch (Unreadable e) {
            findings.add(new Problem(place, name, seen, e.expected(), e.advice()));
            return new Field.Faulty<>();
        }
    }

    private <T> Field<T> wrongType(ConfigValue value, String name, String seen, String expected) {
        findings.add(new Problem(origins.of(value), name, seen, expected, ""));
        return new Field.Faulty<>();
    }

    private void report(String key, Origin place, String seen, String expected, String advice) {
        findings.add(new Problem(place, path(key), seen, expected, advice));
    }

    private String path(String key) {
        return path + "." + key;
    }

    private static String shown(ConfigValue value) {
        String text = switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> "\"" + value.unwrapped() + "\"";
            case OBJECT, LIST, NULL -> value.render(ConfigRenderOptions.concise());
        };
        String told = PASSWORD_IN_URL.matcher(text).replaceAll("$1…@");
        return told.length() > LONGEST_SHOWN ? told.substring(0, LONGEST_SHOWN) + "…" : told;
    }
}
