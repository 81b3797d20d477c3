package io.planeproxy.server.peers;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Autobahn's suite for WebSockets: a client that says to a server all that RFC 6455 allows and much that it does not. It is
 * Python of version 2, which Jython runs in the JVM; seen to work on Java 25, which wants to be asked for it with two flags.
 */
final class Autobahn {
    private static final Path JARS = Path.of("target", "autobahn").toAbsolutePath();
    private static final int MOST_MINUTES = 4;

    /** 9 is about speed, 12 and 13 about compression, which Plane does not use. */
    private static final List<String> CASES = List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");

    private Autobahn() {}

    /** What came of a case: how the server took it, and how it closed. */
    record Verdict(String behaviour, String close, String code) {}

    /**
     * Runs all cases against each server.
     *
     * @param servers names, and the addresses that belong to them
     * @return for each server what came of each case
     */
    static Map<String, Map<String, Verdict>> run(Path folder, Map<String, String> servers)
            throws IOException, InterruptedException {
        Path spec = Files.writeString(folder.resolve("spec.json"), spec(folder, servers));
        Path said = folder.resolve("autobahn.log");
        Process process = new ProcessBuilder(command(spec, folder))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("Autobahn still ran after " + MOST_MINUTES + " minutes; " + lastOf(said));
            }
        } finally {
            process.destroyForcibly();
        }
        Path index = folder.resolve("index.json");
        if (process.exitValue() != 0 || !Files.exists(index)) {
            throw new AssertionError("Autobahn ended with " + process.exitValue() + "; " + lastOf(said));
        }
        ConfigObject results = ConfigFactory.parseFile(index.toFile()).root();
        return servers.keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> verdicts((ConfigObject) results.get(name))));
    }

    private static List<String> command(Path spec, Path folder) throws IOException {
        String script = """
                import json, sys
                sys.path.extend(%s)
                from autobahntestsuite import wstest
                spec = json.loads(open('%s').read())
                wstest.start({'mode': 'fuzzingclient', 'debug': False, 'spec': None}, spec)
                """.formatted(quoted(jars(), '\''), spec);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpython.cachedir=" + folder.resolve("jython"),
                "-cp",
                String.join(File.pathSeparator, jars()),
                "org.python.util.jython",
                "-c",
                script);
    }

    private static List<String> jars() throws IOException {
        if (!Files.isDirectory(JARS)) {
            throw new AssertionError(
                    JARS + " is not there; run Maven once: mvn -pl proxy-server -am process-test-resources");
        }
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.map(Path::toString).sorted().toList();
        }
    }

    private static String spec(Path folder, Map<String, String> servers) {
        String list = servers.entrySet().stream()
                .map(server -> """
                        {"agent": "%s", "url": "%s", "options": {"version": 18}}""".formatted(server.getKey(), server.getValue()))
                .collect(Collectors.joining(", "));
        return """
                {"options": {"failByDrop": false}, "enable-ssl": false, "outdir": "%s", "servers": [%s], "cases": %s,
                 "exclude-cases": [], "exclude-agent-cases": {}}
                """.formatted(folder, list, quoted(CASES, '"'));
    }

    private static String quoted(List<String> texts, char quote) {
        return texts.stream().map(text -> quote + text + quote).collect(Collectors.joining(", ", "[", "]"));
    }

    private static Map<String, Verdict> verdicts(ConfigObject cases) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        cases.forEach((name, verdict) -> {
            ConfigObject fields = (ConfigObject) verdict;
            verdicts.put(
                    name,
                    new Verdict(
                            text(fields, "behavior"), text(fields, "behaviorClose"), text(fields, "remoteCloseCode")));
        });
        return verdicts;
    }

    private static String text(ConfigObject fields, String name) {
        return String.valueOf(fields.get(name).unwrapped());
    }

    private static String lastOf(Path said) throws IOException {
        List<String> lines = Files.readAllLines(said);
        return "it said last " + lines.subList(Math.max(0, lines.size() - 15), lines.size());
    }
}
