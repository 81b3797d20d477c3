package io.planeproxy.server;

import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.Listener;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.server.settings.ListenAddress;
import io.planeproxy.server.settings.Port;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * Opens every listener; where one cannot be opened, none stays open, and the assembly is closed.
     *
     * @throws ListenFailure with a sentence for the operator
     */
    public static Proxy start(Assembly assembly, Journal journal) throws ListenFailure {
        Proxy proxy = new Proxy(assembly, engine(assembly, journal));
        for (Assembly.Door door : assembly.doors()) {
            try {
                proxy.listening.add(listening(door, proxy.engine.listen(door.spec())));
            } catch (IOException failure) {
                proxy.close();
                throw ListenFailure.at(door.address(), failure);
            }
        }
        return proxy;
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
