package io.planeproxy.core.oracle;

import io.planeproxy.core.kit.Wire;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * A second opinion, from a parser that nobody here wrote: h11 (Debian's python3-h11). It is given all that upstreams got in
 * one file, and its reading is compared with what was expected.
 */
final class H11 implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("src/test/resources/oracle");
    private static final Path READER = SCRIPTS.resolve("read-with-h11.py");
    private static final Path JUDGE = SCRIPTS.resolve("judge-replies-with-h11.py");

    private final String python;
    private final Path streams;
    private final Path readings;
    private final BufferedWriter out;
    private final List<String> expected = new ArrayList<>();

    private H11(String python, Path folder) throws IOException {
        this.python = python;
        streams = folder.resolve("streams");
        readings = folder.resolve("readings");
        out = Files.newBufferedWriter(streams);
    }

    /** Skips the test where h11 is missing, and fails it where PLANE_PROXY_TEST_TOOLS=required. */
    static H11 in(Path folder) throws IOException, InterruptedException {
        String missing = "python3 with h11 is missing, so no second parser reads what goes upstream."
                + " On Debian: apt-get install python3-h11.";
        Optional<String> python = pythonWithIt();
        if (python.isEmpty()) {
            if ("required".equals(System.getenv("PLANE_PROXY_TEST_TOOLS"))) {
                throw new AssertionError(missing + " PLANE_PROXY_TEST_TOOLS=required asks for it.");
            }
            Assumptions.abort(missing);
        }
        return new H11(python.get(), folder);
    }

    /** Debian's own Python last, which has Debian's packages whatever stands before it on the PATH. */
    private static Optional<String> pythonWithIt() throws InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process asked = new ProcessBuilder(python, "-c", "import h11")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (asked.waitFor() == 0) {
                    return Optional.of(python);
                }
            } catch (IOException e) {
                // No such Python; perhaps the other.
                continue;
            }
        }
        return Optional.empty();
    }

    /** @param requests the whole ones that must be found in the stream */
    void expect(String stream, List<SeenRequest> requests) throws IOException {
        out.write(hex(stream));
        out.write('\n');
        expected.add(requests.stream()
                .map(request -> hex(request.method() + " " + request.target() + " " + request.body()))
                .collect(Collectors.joining(",")));
    }

    /** Runs h11 over all of it, and tells how many streams it read. */
    int check() throws IOException, InterruptedException {
        List<String> read = run(READER);
        List<String> sent = Files.readAllLines(streams);
        for (int i = 0; i < expected.size(); i++) {
            if (!read.get(i).equals(expected.get(i))) {
                throw new AssertionError("h11 reads " + shown(read.get(i)) + ", expected " + shown(expected.get(i))
                        + ", in " + Wire.show(HexFormat.of().parseHex(sent.get(i))));
            }
        }
        return expected.size();
    }

    /** @return what h11 makes of each reply that was added, as the script says */
    List<String> verdicts() throws IOException, InterruptedException {
        return run(JUDGE);
    }

    /** What an upstream wrote, and what a client got of it. */
    void addReply(String wrote, InProcessProxy.Replied got) throws IOException {
        out.write(hex(wrote) + (got.servedAgain() ? ",reused," : ",dropped,") + hex(got.toClient()) + "\n");
        expected.add("");
    }

    private List<String> run(Path script) throws IOException, InterruptedException {
        out.close();
        Process running = new ProcessBuilder(python, script.toString(), streams.toString(), readings.toString())
                .inheritIO()
                .start();
        if (running.waitFor() != 0) {
            throw new AssertionError(script + " failed; what it said is above");
        }
        List<String> read = Files.readAllLines(readings);
        if (read.size() != expected.size()) {
            throw new AssertionError(read.size() + " readings, expected " + expected.size());
        }
        return read;
    }

    private static String hex(String latin1) {
        return HexFormat.of().formatHex(Wire.bytes(latin1));
    }

    private static String shown(String reading) {
        if (reading.startsWith("!")) {
            return reading;
        }
        return reading.isEmpty()
                ? "no request"
                : List.of(reading.split(",")).stream()
                        .map(request -> Wire.show(HexFormat.of().parseHex(request)))
                        .toList()
                        .toString();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
