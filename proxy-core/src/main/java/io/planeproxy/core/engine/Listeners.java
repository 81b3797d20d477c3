package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The listeners of an engine, and how they become others. Used by one thread at a time. */
final class Listeners {
    private final Acceptors acceptors;
    private final Function<ListenerSpec, Acceptance> acceptances;
    private Map<Place, Listener> open = Map.of();

    /** @param acceptances what to do with the connections of a listener */
    Listeners(Acceptors acceptors, Function<ListenerSpec, Acceptance> acceptances) {
        this.acceptors = acceptors;
        this.acceptances = acceptances;
    }

    /** In the order in which they were asked for. */
    List<Listener> all() {
        return List.copyOf(open.values());
    }

    /**
     * Opens what is new, and changes nothing yet.
     *
     * @throws CannotListen if one cannot be opened; then none of the new ones is open
     */
    Prepared prepare(List<ListenerSpec> wanted, InheritedSockets inherited) throws CannotListen {
        List<Place> places = Place.of(wanted.stream().map(ListenerSpec::address).toList());
        Map<Place, ListenerSpec> specs = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            specs.put(places.get(i), wanted.get(i));
        }
        Prepared prepared = new Prepared();
        try {
            for (Change<Listener, ListenerSpec> change : Change.between(open, specs)) {
                switch (change) {
                    case Change.Add<Listener, ListenerSpec>(Place place, ListenerSpec spec) ->
                        prepared.add(place, opened(place, spec, inherited));
                    case Change.Keep<Listener, ListenerSpec> keep -> prepared.keep(keep);
                    case Change.Remove<Listener, ListenerSpec>(Place _, Listener old) -> prepared.removed.add(old);
                }
            }
            return prepared;
        } catch (CannotListen failure) {
            prepared.added.forEach(Listener::close);
            throw failure;
        }
    }

    private Listener opened(Place place, ListenerSpec spec, InheritedSockets inherited) throws CannotListen {
        Entrance entrance = new Entrance(acceptances.apply(spec));
        try {
            Optional<List<Integer>> descriptors = inherited.take(place);
            List<Channel> sockets = descriptors.isPresent()
                    ? acceptors.adopt(descriptors.get(), entrance)
                    : acceptors.bind(spec.address(), probe(place), entrance);
            return new Listener(spec.address(), entrance, sockets);
        } catch (IOException failure) {
            throw new CannotListen(spec, failure);
        }
    }

    private Acceptors.Probe probe(Place place) {
        return open.keySet().stream().anyMatch(place::overlaps)
                ? Acceptors.Probe.MAY_BE_OURS
                : Acceptors.Probe.MUST_BE_FREE;
    }

    /** What is to happen, with everything done that could fail. */
    final class Prepared {
        private final Map<Place, Listener> next = new LinkedHashMap<>();
        private final List<Listener> added = new ArrayList<>();
        private final List<Listener> removed = new ArrayList<>();
        private final List<Runnable> replacements = new ArrayList<>();

        private void add(Place place, Listener fresh) {
            next.put(place, fresh);
            added.add(fresh);
        }

        private void keep(Change.Keep<Listener, ListenerSpec> keep) {
            next.put(keep.place(), keep.open());
            Acceptance acceptance = acceptances.apply(keep.wanted());
            replacements.add(() -> keep.open().entrance().replace(acceptance));
        }

        /** Puts it into service. @return those that were removed: closed, and their connections still to be drained */
        List<Listener> commit() {
            replacements.forEach(Runnable::run);
            added.forEach(Listener::open);
            removed.forEach(Listener::close);
            open = next;
            return removed;
        }
    }
}
