package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is listened on, and with how many sockets. */
public final class ListenersPage implements AdminPage {
    public static final String PATH = "/listeners";

    /** The member with the number of sockets. */
    public static final String SOCKETS = "sockets";

    private final Supplier<List<String>> described;
    private final Supplier<List<Integer>> descriptors;

    /**
     * @param described a line for each listener
     * @param descriptors of all listeners
     */
    public ListenersPage(Supplier<List<String>> described, Supplier<List<Integer>> descriptors) {
        this.described = described;
        this.descriptors = descriptors;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        return AdminReply.json(
                200,
                Map.of("listeners", described.get(), SOCKETS, descriptors.get().size()));
    }
}
