package io.planeproxy.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step from what is open to what is wanted.
 *
 * @param <O> what is open at a place
 * @param <W> what is wanted there
 */
sealed interface Change<O, W> {

    /** It stays open, whatever else about it changes. */
    record Keep<O, W>(Place place, O open, W wanted) implements Change<O, W> {}

    /** To be opened before anything else happens. */
    record Add<O, W>(Place place, W wanted) implements Change<O, W> {}

    /** To be closed once everything else is in service. */
    record Remove<O, W>(Place place, O open) implements Change<O, W> {}

    /** First what is wanted, in its order; then what is not wanted any more, in its order. */
    static <O, W> List<Change<O, W>> between(Map<Place, O> open, Map<Place, W> wanted) {
        List<Change<O, W>> changes = new ArrayList<>();
        wanted.forEach((place, want) -> changes.add(Optional.ofNullable(open.get(place))
                .<Change<O, W>>map(kept -> new Keep<>(place, kept, want))
                .orElseGet(() -> new Add<>(place, want))));
        open.forEach((place, old) -> {
            if (!wanted.containsKey(place)) {
                changes.add(new Remove<>(place, old));
            }
        });
        return List.copyOf(changes);
    }
}
