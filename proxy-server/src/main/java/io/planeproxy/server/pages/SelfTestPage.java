package io.planeproxy.server.pages;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import io.planeproxy.server.recent.SelfTestSight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What this proxy has seen of the requests of one browser self-test, which the browser itself is not told. */
public final class SelfTestPage implements AdminPage {
    private final Function<String, List<SelfTestSight>> seen;

    /** @param seen by the name that the status page has drawn for the test */
    public SelfTestPage(Function<String, List<SelfTestSight>> seen) {
        this.seen = seen;
    }

    @Override
    public String path() {
        return "/self-test";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        String name = request.query().getOrDefault("name", "");
        return AdminReply.json(
                200,
                Map.of(
                        "seen",
                        seen.apply(name).stream().map(SelfTestPage::members).toList()));
    }

    private static Map<String, Object> members(SelfTestSight sight) {
        Map<String, Object> members = new HashMap<>(Map.of(
                "path",
                sight.path(),
                "peer",
                sight.peer(),
                "trusted",
                sight.trust() == ClientFacts.Trust.BEHIND_TRUSTED_PROXY,
                "webSocket",
                sight.asked() == SelfTestSight.Asked.WEB_SOCKET));
        sight.status().ifPresent(status -> members.put("status", status));
        sight.upstream().ifPresent(upstream -> members.put("upstream", upstream));
        sight.failure().ifPresent(failure -> put(members, failure));
        return members;
    }

    private static void put(Map<String, Object> members, Refusal failure) {
        members.put("cause", failure.cause().code());
        members.put("sentence", failure.cause().sentence());
        members.put("detail", failure.detail());
        members.put("advice", failure.cause().advice());
    }
}
