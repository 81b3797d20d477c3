package io.planeproxy.server.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a tool said, on both of its outputs together. */
record Output(int exitCode, String text) {
    private static final int MOST_SECONDS = 90;

    static Output of(Path folder, Tool tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.path().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        Thread watchdog = Thread.ofVirtual().start(() -> endIfTooSlow(process));
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Output output = new Output(process.waitFor(), text);
        watchdog.interrupt();
        return output;
    }

    private static void endIfTooSlow(Process process) {
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException finished) {
            Thread.currentThread().interrupt();
        }
    }
}
