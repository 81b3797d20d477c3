package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Makes way for the process that has taken over: accepts nothing more, and ends in order. */
public final class RetirePage implements AdminPage {
    public static final String PATH = "/retire";

    private final Consumer<String> makeWay;
    private final Runnable end;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * @param makeWay gives up the listeners and the admin endpoint; told for whom
     * @param end ends the process in order, and returns at once
     */
    public RetirePage(Consumer<String> makeWay, Runnable end) {
        this.makeWay = makeWay;
        this.end = end;
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
        if (!taken.compareAndSet(false, true)) {
            return AdminReply.text(409, "another process has taken over already");
        }
        makeWay.accept(request.asker());
        return AdminReply.text(
                200, "retiring; process " + ProcessHandle.current().pid() + " ends when what runs has ended");
    }

    @Override
    public void answered() {
        end.run();
    }
}
