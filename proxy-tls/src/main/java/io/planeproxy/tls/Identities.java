package io.planeproxy.tls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The identities that serve at one time: one by default and further ones for their names.
 *
 * @param byDefault for a client that names no host, or one that nobody has a certificate for
 * @param others where two hold the same name, the earlier serves; the default one comes before all
 */
public record Identities(ServerIdentity byDefault, List<ServerIdentity> others) {
    public Identities {
        others = List.copyOf(others);
    }

    public static Identities only(ServerIdentity identity) {
        return new Identities(identity, List.of());
    }

    /** The default one first. */
    public List<ServerIdentity> all() {
        var all = new ArrayList<ServerIdentity>();
        all.add(byDefault);
        all.addAll(others);
        return List.copyOf(all);
    }

    Map<String, ServerIdentity> byName() {
        var byName = new HashMap<String, ServerIdentity>();
        for (var identity : all()) {
            identity.names().dns().forEach(name -> byName.putIfAbsent(name, identity));
        }
        return byName;
    }
}
