package io.planeproxy.server.doctor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.server.admin.RunningProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Asks through the admin socket of the proxy that runs. */
final class AdminLender implements Lender {
    private static final int DONE = 200;

    private final List<Path> places;

    /** @param places where the socket may be */
    AdminLender(List<Path> places) {
        this.places = List.copyOf(places);
    }

    @Override
    public String lend(String name, int port, Duration time) throws IOException {
        AdminClient.Answer answer =
                client().post("/trace?name=" + name + "&port=" + port + "&seconds=" + time.toSeconds());
        if (answer.status() != DONE) {
            throw new CannotLend(
                    "the proxy that runs knows no traces: " + answer.body().strip());
        }
        return answer.body().strip();
    }

    @Override
    public List<List<String>> noted(String name) throws IOException {
        AdminClient.Answer answer = client().get("/trace?name=" + name);
        Config json = ConfigFactory.parseString(
                answer.body(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
        return json.getList("heads").stream()
                .map(head -> ((List<?>) head.unwrapped())
                        .stream().map(Object::toString).toList())
                .toList();
    }

    @Override
    public void takeBack(String name) throws IOException {
        client().post("/trace/end?name=" + name);
    }

    private AdminClient client() throws CannotLend {
        return switch (RunningProxy.at(places)) {
            case RunningProxy.Found(AdminClient client) -> client;
            case RunningProxy.Nowhere(String why) ->
                throw new CannotLend(
                        "no running proxy takes orders from this user (" + why
                                + "); run this as root or as the proxy's user, with its --config, or name its admin socket with --admin PATH");
        };
    }
}
