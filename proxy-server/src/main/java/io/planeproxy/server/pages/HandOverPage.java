package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Hands the listening sockets to the process that is to take the place of this one. Both accept from then on. */
public final class HandOverPage implements AdminPage {
    public static final String PATH = "/hand-over";

    private final Supplier<List<Integer>> descriptors;
    private final Semaphore changes;

    /**
     * @param descriptors of all listeners
     * @param changes taken as long as they are on their way, so that none is closed meanwhile
     */
    public HandOverPage(Supplier<List<Integer>> descriptors, Semaphore changes) {
        this.descriptors = descriptors;
        this.changes = changes;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Verb verb() {
        return Verb.POST;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        changes.acquireUninterruptibly();
        return new AdminReply.Descriptors(descriptors.get());
    }

    @Override
    public void answered() {
        changes.release();
    }
}
