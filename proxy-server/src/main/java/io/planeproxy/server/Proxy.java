package io.planeproxy.server;

import io.planeproxy.core.engine.CannotListen;
import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.server.settings.ListenAddress;
import io.planeproxy.server.settings.Port;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The engine with the configuration that is in service, which may be exchanged. Safe for use from several threads. */
public final class Proxy implements AutoCloseable {
    private final Engine engine;
    private final Lasting lasting;
    private volatile InService now;
    private boolean ended;

    private record InService(Generation generation, List<Listening> listening) {}

    /**
     * A listener in service.
     *
     * @param address with the port that was found where none was asked for
     * @param described as a line of the log tells it
     */
    public record Listening(InetSocketAddress address, String described) {}

    private Proxy(Engine engine, Lasting lasting, InService first) {
        this.engine = engine;
        this.lasting = lasting;
        this.now = first;
    }

    /** As below, with no socket from anywhere else. */
    static Proxy start(Generation first, Lasting lasting, Journal journal) throws ListenFailure {
        return start(first, lasting, journal, InheritedSockets.none());
    }

    /**
     * Opens every listener; where one cannot be opened, none stays open, and everything that came in is closed.
     *
     * @param inherited sockets that listen already; what no listener takes is left to the caller
     * @throws ListenFailure with a sentence for the operator
     */
    static Proxy start(Generation first, Lasting lasting, Journal journal, InheritedSockets inherited)
            throws ListenFailure {
        Proxy proxy = new Proxy(engine(first, lasting, journal), lasting, new InService(first, List.of()));
        try {
            proxy.now = proxy.served(first, inherited);
            return proxy;
        } catch (ListenFailure failure) {
            proxy.close();
            throw failure;
        }
    }

    private static Engine engine(Generation first, Lasting lasting, Journal journal) throws ListenFailure {
        Assembly assembly = first.assembly();
        try {
            return Engine.start(assembly.engineOptions(), journal);
        } catch (RuntimeException failure) {
            ListenFailure known = ListenFailure.at(assembly.doors().getFirst().address(), failure);
            first.close();
            lasting.close();
            if (known.reason() == ListenFailure.Reason.NO_FILE_DESCRIPTORS) {
                throw known;
            }
            throw failure;
        }
    }

    /**
     * Puts another configuration into service and closes the one before. Where a listener cannot be opened, everything stays as
     * it was, and it is the next one that is closed.
     *
     * @throws ListenFailure with a sentence for the operator
     */
    synchronized void replace(Generation next, InheritedSockets inherited) throws ListenFailure {
        Generation before = now.generation();
        try {
            now = served(next, inherited);
        } catch (ListenFailure failure) {
            next.close();
            throw failure;
        }
        before.close();
    }

    private InService served(Generation next, InheritedSockets inherited) throws ListenFailure {
        Assembly assembly = next.assembly();
        List<ListenerSpec> wanted =
                assembly.doors().stream().map(Assembly.Door::spec).toList();
        try {
            List<Listener> open = engine.apply(assembly.engineOptions(), wanted, inherited);
            List<Listening> listening = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                listening.add(listening(assembly.doors().get(i), open.get(i)));
            }
            return new InService(next, List.copyOf(listening));
        } catch (CannotListen failure) {
            throw ListenFailure.at(assembly.doorOf(failure.spec()).address(), failure);
        }
    }

    private static Listening listening(Assembly.Door door, Listener listener) {
        InetSocketAddress address = listener.address();
        ListenAddress asked = door.address().value();
        ListenAddress found = new ListenAddress(asked.host(), new Port(address.getPort()));
        return new Listening(address, "listening on " + found + " for " + door.purpose());
    }

    /** What is in service now. */
    Generation generation() {
        return now.generation();
    }

    /** In the order of the settings. */
    public List<Listening> listening() {
        return now.listening();
    }

    /** Every socket that listens, to be handed over to another process. */
    List<Integer> descriptors() {
        return engine.listeners().stream()
                .flatMap(listener -> listener.descriptors().stream())
                .toList();
    }

    /** What there is on each event loop. */
    public List<CompletableFuture<LoopFigures>> figures() {
        return engine.figures();
    }

    /** The tunnels that are open. */
    CompletableFuture<List<TunnelSnapshot>> openTunnels() {
        return engine.openTunnels();
    }

    /** How many exchanges wait for an upstream that is away. */
    public int heldExchanges() {
        return engine.heldExchanges();
    }

    /** Completes when every event loop has answered, and never where one hangs. */
    public CompletableFuture<Void> pulse() {
        return engine.pulse();
    }

    /** Accepts nothing more; everything else goes on. */
    void stopAccepting() {
        engine.stopAccepting();
    }

    /**
     * Stops accepting, lets what runs finish, and ends. A second call does nothing.
     *
     * @param deadline when to stop waiting
     * @return whether everything finished before
     */
    public synchronized boolean shutDown(Duration deadline) {
        if (ended) {
            return true;
        }
        ended = true;
        boolean finished = engine.shutDown(deadline, spread(deadline));
        now.generation().close();
        lasting.close();
        return finished;
    }

    /** Over how long WebSockets are closed: well within the deadline. */
    private Duration spread(Duration deadline) {
        Duration half = deadline.dividedBy(2);
        Duration asked = now.generation().assembly().drainSpread();
        return half.compareTo(asked) < 0 ? half : asked;
    }

    /** Ends at once. */
    @Override
    public void close() {
        shutDown(Duration.ZERO);
    }
}
