package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import io.planeproxy.server.settings.EffectiveValue;
import io.planeproxy.server.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The configuration in service: every value, and where it came from. */
public final class ConfigPage implements AdminPage {
    private final Supplier<Settings> inService;

    public ConfigPage(Supplier<Settings> inService) {
        this.inService = inService;
    }

    @Override
    public String path() {
        return "/config";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        List<EffectiveValue> values = inService.get().effective();
        return request.wantsJson()
                ? AdminReply.json(
                        200,
                        Map.of(
                                "values",
                                values.stream().map(ConfigPage::members).toList()))
                : AdminReply.text(
                        200, values.stream().map(EffectiveValue::toString).toList());
    }

    private static Map<String, String> members(EffectiveValue value) {
        return Map.of(
                "key",
                value.key(),
                "value",
                value.value(),
                "from",
                value.where().text());
    }
}
