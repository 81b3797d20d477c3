package io.planeproxy.tls;

import java.nio.file.Path;

/** Prints what keeps the user who runs it from a file. */
final class ObstacleMain {
    private ObstacleMain() {}

    public static void main(String[] arguments) {
        System.out.println(Obstacle.forThisProcess(Path.of(arguments[0])).orElse("nothing"));
    }
}
