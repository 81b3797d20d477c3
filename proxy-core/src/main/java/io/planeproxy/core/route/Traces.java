package io.planeproxy.core.route;

import io.planeproxy.core.http.RequestHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paths that are lent for a while to somebody who looks the whole way over: requests for exactly such a path go where the borrower
 * listens, and how they came is noted. Nobody can guess the path, so that nobody else sees any of it. Shared by all event loops.
 */
public final class Traces {
    private static final int MOST_LENT = 16;
    private static final int MOST_NOTED = 32;

    /** Exchanged as a whole; mostly empty, so that a request costs one look. */
    private volatile Map<String, Trace> byPath = Map.of();

    private record Trace(Decision.Forward decision, List<RequestHead> noted) {
        synchronized void note(RequestHead head) {
            if (noted.size() < MOST_NOTED) {
                noted.add(head);
            }
        }

        synchronized List<RequestHead> all() {
            return List.copyOf(noted);
        }
    }

    /**
     * @param path in its normal form
     * @return whether it is lent; not where many are already
     */
    public synchronized boolean lend(String path, Route route) {
        if (byPath.size() >= MOST_LENT) {
            return false;
        }
        Map<String, Trace> next = new HashMap<>(byPath);
        next.put(path, new Trace(new Decision.Forward(route), new ArrayList<>()));
        byPath = Map.copyOf(next);
        return true;
    }

    public synchronized void takeBack(String path) {
        Map<String, Trace> next = new HashMap<>(byPath);
        next.remove(path);
        byPath = Map.copyOf(next);
    }

    /** The requests that have come for a path, as this proxy read them, the first ones where they are many. */
    public List<RequestHead> noted(String path) {
        return Optional.ofNullable(byPath.get(path)).map(Trace::all).orElse(List.of());
    }

    Optional<Decision> decide(RequestHead head) {
        Map<String, Trace> lent = byPath;
        if (lent.isEmpty()) {
            return Optional.empty();
        }
        Optional<Trace> trace = Optional.ofNullable(lent.get(head.target().normalPath()));
        trace.ifPresent(found -> found.note(head));
        return trace.map(Trace::decision);
    }
}
