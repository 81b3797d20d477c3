package io.planeproxy.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a process of its own, with the logging that an operator gets. */
public final class ProgramProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<Thread> readers;

    private ProgramProcess(Process process) {
        this.process = process;
        this.readers = List.of(
                Thread.ofVirtual().start(() -> read(process.inputReader(), said -> keep(out, said))),
                Thread.ofVirtual().start(() -> read(process.errorReader(), said -> keep(err, said))));
    }

    public static ProgramProcess start(String... arguments) throws IOException {
        return started(command(arguments), Map.of());
    }

    static ProgramProcess startWith(Map<String, String> environment, String... arguments) throws IOException {
        return started(command(arguments), environment);
    }

    /** @param wrapper a command that becomes the one behind it */
    public static ProgramProcess startThrough(List<String> wrapper, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(command(arguments));
        return started(command, Map.of());
    }

    /** Another program than ours. */
    static ProgramProcess startOther(List<String> command) throws IOException {
        return started(command, Map.of());
    }

    /** @param most how many files it may have open, as {@code ulimit -n} says it */
    static ProgramProcess startWithFiles(int most, String... arguments) throws IOException {
        return startThrough(List.of("sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh"), arguments);
    }

    /**
     * As a user who may do nothing, where this process may change users; otherwise as this one.
     *
     * @param classes a folder that this user may read, for what the program consists of
     */
    static ProgramProcess startAsNobody(Path classes, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"));
        command.addAll(command(Readable.copyOf(System.getProperty("java.class.path"), classes), arguments));
        return started(command, Map.of("HOME", "/"));
    }

    private static List<String> command(String... arguments) {
        return command(System.getProperty("java.class.path"), arguments);
    }

    private static List<String> command(String classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile="
                        + Path.of("src/main/resources/logback.xml").toAbsolutePath(),
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static ProgramProcess started(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PLANE_PROXY_"));
        builder.environment().putAll(environment);
        return new ProgramProcess(builder.start());
    }

    private static void read(BufferedReader said, Consumer<String> action) {
        try (said) {
            said.lines().forEach(action);
        } catch (IOException | UncheckedIOException e) {
            // The process was ended while it spoke: that was its last line.
        }
    }

    private synchronized void keep(List<String> lines, String line) {
        lines.add(line);
        notifyAll();
    }

    /** The first match among all lines of either output, now or soon. */
    public synchronized Matcher await(String pattern) throws InterruptedException {
        Pattern compiled = Pattern.compile(pattern);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            for (String line : everything()) {
                Matcher matcher = compiled.matcher(line);
                if (matcher.find()) {
                    return matcher;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || (!process.isAlive() && readers.stream().noneMatch(Thread::isAlive))) {
                throw new AssertionError("no line like \"" + pattern + "\"; it said " + everything());
            }
            wait(Math.min(left, 200));
        }
    }

    private List<String> everything() {
        List<String> lines = new ArrayList<>(out);
        lines.addAll(err);
        return lines;
    }

    /** What it said on the error output, once it has ended. */
    public synchronized List<String> errors() {
        return List.copyOf(err);
    }

    synchronized List<String> output() {
        return List.copyOf(out);
    }

    long pid() {
        return process.pid();
    }

    /** @param name without SIG */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " ended with " + kill.exitValue());
        }
    }

    /** SIGTERM. Process.destroy would close our ends of its outputs too, and its last words would be lost. */
    public void terminate() {
        process.toHandle().destroy();
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + LIMIT + "; it said " + everything());
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
