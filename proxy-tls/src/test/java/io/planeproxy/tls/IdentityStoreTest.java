package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IdentityStoreTest {
    ServerIdentity first;
    ServerIdentity exact;
    ServerIdentity wild;
    IdentityStore store;

    @BeforeEach
    void identities() throws Exception {
        var root = Pki.root();
        first = Pki.identity(root.leaf(Pki.ec(), "plane.example"));
        exact = Pki.identity(root.leaf(Pki.ec(), "a.other.example"));
        wild = Pki.identity(root.leaf(Pki.ec(), "*.other.example", "plane.example"));
        store = new IdentityStore(new Identities(first, List.of(wild, exact)));
    }

    @Test
    void anExactNameComesBeforeAWildcard() {
        assertSame(exact, store.choose("a.other.example"));
        assertSame(wild, store.choose("b.other.example"));
    }

    @Test
    void letterCaseAndAFinalDotMeanNothing() {
        assertSame(exact, store.choose("A.Other.EXAMPLE."));
    }

    @Test
    void aWildcardStandsForOneLabelOnly() {
        assertSame(first, store.choose("b.a.other.example"));
        assertSame(first, store.choose("other.example"));
        assertSame(first, store.choose(".other.example"));
    }

    @Test
    void theEarlierServesANameThatTwoHold() {
        assertSame(first, store.choose("plane.example"));
    }

    @Test
    void whatNobodyHoldsIsServedByTheDefault() {
        assertSame(first, store.choose("unknown.example"));
        assertSame(first, store.choose(""));
    }

    @Test
    void whatASubscriberCannotServeIsNotPutIntoService() {
        store.follow(unfit -> {
            throw new IllegalStateException("cannot serve it");
        });
        assertThrows(IllegalStateException.class, () -> store.replace(Identities.only(wild)));
        assertSame(first, store.current().byDefault());
    }
}
