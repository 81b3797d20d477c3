package io.planeproxy.core.engine;

import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.Reception;

/** A connection that was let in: its requests go where the newest configuration of its listener sends them. Touched on its event loop only. */
final class Guest implements Reception {
    private final Entrance entrance;
    private final Acceptance began;
    private final int loop;
    private Acceptance known;
    private ClientFacts facts;

    /** @param loop which of the event loops is the connection's */
    Guest(Entrance entrance, Acceptance began, ClientFacts facts, int loop) {
        this.entrance = entrance;
        this.began = began;
        this.known = began;
        this.facts = facts;
        this.loop = loop;
    }

    @Override
    public ClientFacts facts() {
        Acceptance current = entrance.current();
        if (current != known) {
            known = current;
            // How it came in stays as it was; whether its peer is trusted may have changed.
            facts = ClientFacts.of(
                    facts.peer(), facts.scheme(), facts.port(), current.spec().trusted());
        }
        return facts;
    }

    @Override
    public Dispatcher dispatcher() {
        return entrance.current().dispatcher(loop);
    }

    @Override
    public boolean isOutdated() {
        Acceptance current = entrance.current();
        return current != began && !current.spec().setsUpConnectionsAs(began.spec());
    }
}
