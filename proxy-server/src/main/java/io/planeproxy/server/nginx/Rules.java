package io.planeproxy.server.nginx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of rules by the name of the directive, while it is written. */
final class Rules {
    private final Map<String, Rule> byName = new HashMap<>();

    Rules rule(Rule rule, String... names) {
        for (String name : names) {
            if (byName.put(name, rule) != null) {
                throw new IllegalStateException("two rules for " + name + "; expected one");
            }
        }
        return this;
    }

    Rules notNeeded(String why, String... names) {
        return rule((directive, block) -> new Verdict.NotNeeded(why), names);
    }

    Rules notSupported(String why, String... names) {
        return rule((directive, block) -> new Verdict.NotSupported(why), names);
    }

    /** Not needed where it has one of these values, else not supported. */
    Rules notNeededAs(List<String> harmless, String whyNotNeeded, String whyNotSupported, String... names) {
        return rule(
                (directive, block) -> harmless.contains(directive.value())
                        ? new Verdict.NotNeeded(whyNotNeeded)
                        : new Verdict.NotSupported(whyNotSupported),
                names);
    }

    Optional<Rule> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Converted to these values, unless this proxy does not take one of them. */
    static Verdict to(Value... values) {
        for (Value value : values) {
            Optional<String> refused = value.refused();
            if (refused.isPresent()) {
                return new Verdict.NotSupported(refused.get());
            }
        }
        String text = Stream.of(values)
                .filter(value -> !value.isEmptyList())
                .map(Value::assignment)
                .collect(Collectors.joining(", "));
        return new Verdict.Converted(List.of(values), text.isEmpty() ? "everybody, as without it" : text);
    }
}
