package io.planeproxy.tls;

import io.netty.util.AbstractReferenceCounted;
import java.util.IdentityHashMap;
import java.util.Map;

/** One context per identity in service. Counted as a whole: born with one reference, and released with the last. */
final class ServerContexts extends AbstractReferenceCounted {
    private final Map<ServerIdentity, IdentityContext> contexts;
    private final NameTable<IdentityContext> table;

    private ServerContexts(Map<ServerIdentity, IdentityContext> contexts, NameTable<IdentityContext> table) {
        this.contexts = contexts;
        this.table = table;
    }

    /** @throws IllegalStateException when the provider does not take one of the identities */
    static ServerContexts of(Identities identities, TlsProfile profile, TlsProvider provider) {
        var contexts = new IdentityHashMap<ServerIdentity, IdentityContext>();
        try {
            identities
                    .all()
                    .forEach(identity ->
                            contexts.computeIfAbsent(identity, fresh -> IdentityContext.of(fresh, profile, provider)));
            return new ServerContexts(
                    contexts,
                    NameTable.of(identities, identity -> contexts.computeIfAbsent(identity, ServerContexts::missing)));
        } catch (IllegalStateException unfit) {
            contexts.values().forEach(IdentityContext::release);
            throw unfit;
        }
    }

    private static IdentityContext missing(ServerIdentity identity) {
        throw new IllegalStateException("no context was made for " + identity);
    }

    /** Whether the name that a client asks for can make a difference. */
    boolean isOneForAll() {
        return contexts.size() == 1;
    }

    NameTable<IdentityContext> table() {
        return table;
    }

    @Override
    public ServerContexts touch(Object hint) {
        return this;
    }

    @Override
    protected void deallocate() {
        contexts.values().forEach(IdentityContext::release);
    }
}
