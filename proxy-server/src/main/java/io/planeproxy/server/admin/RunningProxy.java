package io.planeproxy.server.admin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The proxy that runs, as far as it can be found by its admin socket. */
public sealed interface RunningProxy {
    record Found(AdminClient client) implements RunningProxy {}

    /** @param why in the words of the system, for each place */
    record Nowhere(String why) implements RunningProxy {}

    /** The first that answers. Blocks. @param places where its admin socket may be, see {@link AdminSocketPath#toAsk} */
    static RunningProxy at(List<Path> places) {
        List<String> obstacles = new ArrayList<>();
        for (Path place : places) {
            AdminClient client = new AdminClient(place);
            Optional<String> obstacle = client.obstacle();
            if (obstacle.isEmpty()) {
                return new Found(client);
            }
            obstacles.add(obstacle.get());
        }
        return new Nowhere(obstacles.isEmpty() ? "admin.socket is off" : String.join("; ", obstacles));
    }
}
