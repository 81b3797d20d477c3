package io.planeproxy.server;

import io.planeproxy.core.engine.CannotListen;
import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.server.settings.ListenAddress;
import io.planeproxy.server.settings.Port;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An assembly in service. */
public final class Proxy implements AutoCloseable {
    private final Assembly assembly;
    private final Engine engine;
    private final List<Listening> listening = new ArrayList<>();

    /**
     * A listener in service.
     *
     * @param address with the port that was found where none was asked for
     * @param described as a line of the log tells it
     */
    public record Listening(InetSocketAddress address, String described) {}

    private Proxy(Assembly assembly, Engine engine) {
        this.assembly = assembly;
        this.engine = engine;
    }

    /** As below, with no socket from anywhere else. */
    public static Proxy start(Assembly assembly, Journal journal) throws ListenFailure {
        return start(assembly, journal, InheritedSockets.none());
    }

    /**
     * Opens every listener; where one cannot be opened, none stays open, and the assembly is closed.
     *
     * @param inherited sockets that listen already; what no listener takes is left to the caller
     * @throws ListenFailure with a sentence for the operator
     */
    public static Proxy start(Assembly assembly, Journal journal, InheritedSockets inherited) throws ListenFailure {
        Proxy proxy = new Proxy(assembly, engine(assembly, journal));
        try {
            proxy.listen(inherited);
            return proxy;
        } catch (CannotListen failure) {
            proxy.close();
            throw ListenFailure.at(assembly.doorOf(failure.spec()).address(), failure);
        }
    }

    private static Engine engine(Assembly assembly, Journal journal) throws ListenFailure {
        try {
            return Engine.start(assembly.engineOptions(), journal);
        } catch (RuntimeException failure) {
            ListenFailure known = ListenFailure.at(assembly.doors().getFirst().address(), failure);
            assembly.close();
            if (known.reason() == ListenFailure.Reason.NO_FILE_DESCRIPTORS) {
                throw known;
            }
            throw failure;
        }
    }

    private void listen(InheritedSockets inherited) throws CannotListen {
        List<ListenerSpec> wanted =
                assembly.doors().stream().map(Assembly.Door::spec).toList();
        List<Listener> opened = engine.apply(assembly.engineOptions(), wanted, inherited);
        for (int i = 0; i < opened.size(); i++) {
            listening.add(listening(assembly.doors().get(i), opened.get(i)));
        }
    }

    private static Listening listening(Assembly.Door door, Listener listener) {
        InetSocketAddress address = listener.address();
        ListenAddress asked = door.address().value();
        ListenAddress found = new ListenAddress(asked.host(), new Port(address.getPort()));
        return new Listening(address, "listening on " + found + " for " + door.purpose());
    }

    /** In the order of the settings. */
    public List<Listening> listening() {
        return List.copyOf(listening);
    }

    /** What there is on each event loop. */
    public List<CompletableFuture<LoopFigures>> figures() {
        return engine.figures();
    }

    /** How many exchanges wait for an upstream that is away. */
    public int heldExchanges() {
        return engine.heldExchanges();
    }

    /** Completes when every event loop has answered, and never where one hangs. */
    public CompletableFuture<Void> pulse() {
        return engine.pulse();
    }

    /**
     * Stops accepting, lets what runs finish, and ends.
     *
     * @param deadline when to stop waiting
     * @return whether everything finished before
     */
    public boolean shutDown(Duration deadline) {
        boolean finished = engine.shutDown(deadline, spread(deadline));
        assembly.close();
        return finished;
    }

    /** Over how long WebSockets are closed: well within the deadline. */
    private Duration spread(Duration deadline) {
        Duration half = deadline.dividedBy(2);
        return half.compareTo(assembly.drainSpread()) < 0 ? half : assembly.drainSpread();
    }

    /** Ends at once. */
    @Override
    public void close() {
        shutDown(Duration.ZERO);
    }
}
