package io.planeproxy.core.engine;

import java.io.IOException;

/** A listener cannot have its address: in use, not this machine's, or not permitted. The cause says which. */
public final class CannotListen extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ListenerSpec spec;

    CannotListen(ListenerSpec spec, IOException cause) {
        super(spec.address() + ": " + cause.getMessage(), cause);
        this.spec = spec;
    }

    /** Which of them. */
    public ListenerSpec spec() {
        return spec;
    }
}
