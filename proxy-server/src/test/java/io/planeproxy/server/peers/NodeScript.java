package io.planeproxy.server.peers;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A script of {@code src/test/node} while it runs; it speaks in lines of JSON on stdout. */
final class NodeScript implements AutoCloseable {
    private static final ConfigParseOptions JSON = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);

    private final String name;
    private final Process process;
    /** Empty: the script has ended. */
    private final BlockingQueue<Optional<String>> said = new LinkedBlockingQueue<>();

    private final StringBuffer complaints = new StringBuffer();
    private final Thread complaintsReader;

    private NodeScript(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofVirtual().start(() -> {
            Lines.each(process.inputReader(), line -> said.add(Optional.of(line)));
            said.add(Optional.empty());
        });
        complaintsReader = Thread.ofVirtual()
                .start(() -> Lines.each(
                        process.errorReader(), line -> complaints.append(line).append('\n')));
    }

    /** Starts a script; skips or fails the test if there is no Node. */
    static NodeScript start(String name, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Tool.NODE.path().toString(), name));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Tool.scripts().toFile());
        builder.environment().putAll(environment);
        return new NodeScript(name, builder.start());
    }

    /** The next thing it says within a time limit. */
    Config next(Duration limit) throws InterruptedException {
        Optional<String> line = said.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError(name + " said nothing within " + limit + "; on stderr: " + complaints);
        }
        if (line.isEmpty()) {
            complaintsReader.join();
            throw new AssertionError(name + " ended without a word; on stderr: " + complaints);
        }
        return ConfigFactory.parseString(line.get(), JSON);
    }

    /** All that it says within a time; it has to go on running. */
    List<Config> saidWithin(Duration time) throws InterruptedException {
        List<Config> all = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            Optional<String> line = said.poll(left, TimeUnit.NANOSECONDS);
            if (line != null) {
                all.add(ConfigFactory.parseString(
                        line.orElseThrow(() -> new AssertionError(name + " ended; on stderr: " + complaints)), JSON));
            }
        }
        return all;
    }

    /** Tells it a word, on a line of its own. */
    void tell(String word) throws IOException {
        process.outputWriter().append(word).append('\n').flush();
    }

    /** SIGKILL: it has no time for a last word to anybody. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The port of a script that listens. */
    int port() throws InterruptedException {
        return next(Duration.ofSeconds(20)).getInt("port");
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
