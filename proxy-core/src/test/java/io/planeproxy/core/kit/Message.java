package io.planeproxy.core.kit;

import java.util.List;
import java.util.Optional;

/** What requests and replies share: fields in the order in which they came. */
public sealed interface Message permits Request, Reply {
    List<Field> fields();

    /** The values of every field line of this name, in order; names compare without case. */
    default List<String> values(String name) {
        return fields().stream()
                .filter(field -> field.is(name))
                .map(Field::value)
                .toList();
    }

    default Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    default boolean has(String name) {
        return !values(name).isEmpty();
    }
}
