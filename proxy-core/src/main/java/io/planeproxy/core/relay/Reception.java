package io.planeproxy.core.relay;

import io.planeproxy.core.forward.ClientFacts;

/** Where the requests of one connection go. Asked anew before each, since another configuration may have come into service. */
public interface Reception {
    /** What is known of the connection, by the rules that hold now. */
    ClientFacts facts();

    Dispatcher dispatcher();

    /**
     * Whether the connection was set up by rules that do not hold any more and cannot be changed on it, such as its limits:
     * then it should end after its next reply.
     */
    boolean isOutdated();

    /** Always the same. */
    static Reception of(ClientFacts facts, Dispatcher dispatcher) {
        return new Reception() {
            @Override
            public ClientFacts facts() {
                return facts;
            }

            @Override
            public Dispatcher dispatcher() {
                return dispatcher;
            }

            @Override
            public boolean isOutdated() {
                return false;
            }
        };
    }
}
