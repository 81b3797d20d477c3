package io.planeproxy.server.handover;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.server.pages.HandOverPage;
import io.planeproxy.server.pages.ListenersPage;
import io.planeproxy.server.pages.RetirePage;
import java.io.IOException;

/** The proxy that serves now, and whose place this process is to take. */
public final class Predecessor {
    private static final int OK = 200;

    private final AdminClient client;

    public Predecessor(AdminClient client) {
        this.client = client;
    }

    /**
     * Its listening sockets. It goes on accepting, too.
     *
     * @throws IOException with a sentence for the operator
     */
    public InheritedSockets sockets() throws IOException {
        AdminClient.Answer answer = client.get(ListenersPage.PATH);
        if (answer.status() != OK) {
            throw new IOException(client.socket() + ": \"" + answer.body().strip()
                    + "\"; expected a plane-proxy that can hand over its sockets; restart it instead");
        }
        try {
            int sockets = ConfigFactory.parseString(answer.body()).getInt(ListenersPage.SOCKETS);
            return InheritedSockets.ofDescriptors(
                    DescriptorReceiver.receive(client.socket(), HandOverPage.PATH, sockets));
        } catch (ConfigException unclear) {
            throw new IOException(
                    client.socket() + ": an answer that is not understood: " + unclear.getMessage(), unclear);
        }
    }

    /**
     * Tells it to accept nothing more and to end when what it has is finished; by the time this returns it has given up the
     * admin socket.
     *
     * @throws IOException with a sentence for the operator
     */
    public void retire() throws IOException {
        AdminClient.Answer answer = client.post(RetirePage.PATH);
        if (answer.status() != OK) {
            throw new IOException(client.socket() + ": " + answer.body().strip());
        }
    }
}
