package io.planeproxy.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The identities in service now, exchanged as a whole. Connections that are open keep what they began with. */
public final class IdentityStore {
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private volatile Identities current;

    public IdentityStore(Identities first) {
        this.current = first;
    }

    public Identities current() {
        return current;
    }

    /** The identity for a host name that a client asked for by SNI. */
    public ServerIdentity choose(String host) {
        return NameTable.of(current, identity -> identity).choose(host);
    }

    /**
     * Puts others into service, for every handshake that starts from now on.
     *
     * @throws IllegalStateException when TLS cannot be set up with one of them; then the old ones stay in service
     */
    public synchronized void replace(Identities next) {
        var prepared = new ArrayList<Prepared>();
        try {
            followers.forEach(follower -> prepared.add(follower.prepare(next)));
        } catch (IllegalStateException unfit) {
            prepared.forEach(Prepared::discard);
            throw unfit;
        }
        current = next;
        prepared.forEach(Prepared::commit);
    }

    synchronized void follow(Follower follower) {
        followers.add(follower);
    }

    synchronized void leave(Follower follower) {
        followers.remove(follower);
    }

    /** Somebody who keeps things made from the identities. */
    interface Follower {
        Prepared prepare(Identities next);
    }

    /** The costly and fallible half is done; one of these two must follow, and neither fails. */
    interface Prepared {
        void commit();

        void discard();
    }
}
