package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamExchange;
import io.planeproxy.server.cli.Program;
import io.planeproxy.server.demo.DemoUpstream;
import io.planeproxy.server.peers.Tool;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command lines of the README's chapter on troubleshooting do what it says. Ours are run as they stand there, with the files,
 * the address and the user of the test in place of those of the example, and one second in place of 65.
 */
final class ReadmeCommandsTest {
    private static final String DOCTOR = "plane-proxy doctor --config FILE --url https://your-domain.com";
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern COMMAND =
            Pattern.compile("(plane-proxy|check|curl|ssh|journalctl|systemctl|ss|ulimit) .+");
    private static final Pattern CHECKS = Pattern.compile("--only [a-z].*");
    private static final Pattern CAUSES = Pattern.compile("(?m)^\\| (`[a-z-]+`[^|]*) \\|");
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) failed, (\\d+) warning, \\d+ ok, \\d+ skipped\n$");

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void eachCommandOfTheProgramItselfEndsAsTheChapterSays() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        Files.writeString(folder.resolve("plane.env"), "WEB_URL=https://localhost\n");
        try (DemoUpstream plane = DemoUpstream.start(loops);
                ScriptedUpstream uploads = ScriptedUpstream.answering(ReadmeCommandsTest::refuseAtOnce);
                RefusingPort dead = RefusingPort.take();
                ProgramProcess program = started(plane, uploads, dead, identity)) {
            InetSocketAddress address = ProgramTest.listening(program);
            Set<String> commands = Stream.concat(ours().stream(), explanations().stream())
                    .map(command -> here(command, address))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            assertTrue(commands.size() > 20, commands::toString);
            for (String command : commands) {
                Ended ended = execute(command, environment(identity, address));
                assertTrue(ended.err().lines().allMatch(line -> line.startsWith("warning: ")), ended::toString);
                assertEquals(expectedCode(command, ended), ended.code(), () -> command + ": " + ended);
            }
        }
    }

    /** The doctor's exit code is 0, 1 where something wants a look, 2 where something does not work. */
    private static int expectedCode(String command, Ended ended) {
        if (!command.startsWith("plane-proxy doctor")) {
            return 0;
        }
        Matcher summary = SUMMARY.matcher(ended.out());
        assertTrue(summary.find(), () -> command + ": " + ended);
        boolean failed = !summary.group(1).equals("0");
        boolean warned = !summary.group(2).equals("0");
        return failed ? 2 : warned ? 1 : 0;
    }

    @Test
    void curlShowsWhichAnswerIsTheProxysOwn() throws Exception {
        Tool.CURL.path();
        assertTrue(commands().contains("curl -i"), "the chapter has another command by now");
        PemFiles identity = TestIdentity.in(folder);
        try (DemoUpstream plane = DemoUpstream.start(loops);
                ScriptedUpstream uploads = ScriptedUpstream.answering(ReadmeCommandsTest::refuseAtOnce);
                RefusingPort dead = RefusingPort.take();
                ProgramProcess program = started(plane, uploads, dead, identity)) {
            String target =
                    "https://127.0.0.1:" + ProgramTest.listening(program).getPort() + "/dead";
            try (ProgramProcess curl = shell("curl -i --silent --show-error --insecure " + target)) {
                assertEquals(0, curl.exitCode(), () -> curl.errors().toString());
                assertTrue(curl.output().contains("X-Plane-Proxy-Cause: upstream-refused"), curl.output()::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void eachCommandOfSomebodyElseHasTheOptionsThatTheChapterGivesIt(String command) throws Exception {
        String name = command.split(" ", 2)[0];
        switch (name) {
            case "ss" -> {
                Tool.SS.path();
                endsWell(command);
            }
            case "ulimit" -> endsWell(command);
            // With -G, it reads its arguments, says what they amount to, and connects to nobody.
            case "ssh" -> {
                Tool.SSH.path();
                endsWell(command.replaceFirst("^ssh ", "ssh -G "));
            }
            case "journalctl" -> hasItsOptions(Tool.JOURNALCTL, command);
            case "systemctl" -> hasItsOptions(Tool.SYSTEMCTL, command);
            default -> throw new AssertionError("nobody looks at: " + command);
        }
    }

    static List<String> others() throws IOException {
        return commands().stream()
                .filter(command -> !isOurs(command) && !command.startsWith("curl "))
                .toList();
    }

    private static void endsWell(String command) throws Exception {
        try (ProgramProcess ended = shell(command)) {
            assertEquals(0, ended.exitCode(), () -> ended.errors().toString());
        }
    }

    private static void hasItsOptions(Tool tool, String command) throws Exception {
        try (ProgramProcess help = shell(tool.path() + " --help")) {
            assertEquals(0, help.exitCode(), () -> help.errors().toString());
            for (String word : command.split(" ")) {
                if (word.startsWith("-")) {
                    assertTrue(
                            help.output().stream().anyMatch(line -> line.matches(" *" + word + "\\b.*")),
                            () -> word + " is no option in " + help.output());
                }
            }
        }
    }

    private static ProgramProcess shell(String command) throws IOException {
        return ProgramProcess.startOther(List.of("sh", "-c", command));
    }

    /** The command lines of the chapter, those of the table of checks made whole. */
    private static List<String> commands() throws IOException {
        String chapter = chapter();
        Stream<String> lines = SHELL.matcher(chapter)
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.replaceFirst("\\s+#.*", ""));
        Stream<String> words = spans(BLOCK.matcher(chapter).replaceAll(""))
                .map(span -> CHECKS.matcher(span).matches() ? DOCTOR + " " + span : span)
                .filter(span -> COMMAND.matcher(span).matches());
        return Stream.concat(lines, words)
                .map(command -> command.startsWith("check ") ? "plane-proxy " + command : command)
                .distinct()
                .toList();
    }

    private static List<String> ours() throws IOException {
        return commands().stream().filter(ReadmeCommandsTest::isOurs).toList();
    }

    private static boolean isOurs(String command) {
        return command.startsWith("plane-proxy ");
    }

    /** What {@code plane-proxy explain} is asked about each cause that has a row in the chapter. */
    private static List<String> explanations() throws IOException {
        return CAUSES.matcher(chapter())
                .results()
                .flatMap(row -> spans(row.group(1)))
                .map(cause -> "plane-proxy explain " + cause)
                .toList();
    }

    private static Stream<String> spans(String text) {
        return SPAN.matcher(text).results().map(span -> span.group(1));
    }

    private static String chapter() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int begin = readme.indexOf("\n## Troubleshooting\n");
        return readme.substring(begin, readme.indexOf("\n## ", begin + 1));
    }

    private ProgramProcess started(DemoUpstream plane, ScriptedUpstream uploads, RefusingPort dead, PemFiles identity)
            throws Exception {
        Files.writeString(file(), """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  routes = [
                    { path = "/plane-proxy-doctor", upstream = "http://127.0.0.1:%d" }
                    { path = "/dead", upstream = "http://127.0.0.1:%d" }
                  ]
                  admin.socket = "admin.sock"
                  history.folder = off
                }
                """.formatted(
                        plane.address().getPort(),
                        uploads.address().getPort(),
                        dead.address().getPort()));
        ProgramProcess program = ProgramProcess.start(
                "run",
                "--config",
                file().toString(),
                "--tls-listen",
                "127.0.0.1:0",
                "--tls-certificate",
                identity.certificate().toString(),
                "--tls-key",
                identity.key().toString());
        program.await("taking orders at ");
        return program;
    }

    /** Before the body has come, so that the doctor need not wait to learn that it would be taken. */
    private static void refuseAtOnce(UpstreamExchange exchange) throws IOException {
        exchange.head();
        exchange.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        exchange.close();
    }

    /** The operator's, for whom the listener has a port. */
    private Map<String, String> environment(PemFiles identity, InetSocketAddress address) {
        return Map.of(
                "PLANE_PROXY_CONFIG",
                file().toString(),
                "PLANE_PROXY_TLS_LISTEN",
                "127.0.0.1:" + address.getPort(),
                "PLANE_PROXY_TLS_CERTIFICATE",
                identity.certificate().toString(),
                "PLANE_PROXY_TLS_KEY",
                identity.key().toString());
    }

    private String here(String command, InetSocketAddress address) {
        return command.replaceFirst("FILE|/etc/plane-proxy/plane-proxy\\.conf", file().toString())
                .replace("https://your-domain.com", "https://localhost:" + address.getPort())
                .replace("plane.env", folder.resolve("plane.env").toString())
                .replace("--user plane-proxy", "--user " + System.getProperty("user.name"))
                .replace("--idle 65", "--idle 1")
                .replace("CODE", "upstream-refused");
    }

    private Path file() {
        return folder.resolve("plane-proxy.conf");
    }

    private record Ended(int code, String out, String err) {}

    private static Ended execute(String command, Map<String, String> environment) {
        String[] arguments = command.replaceFirst("^plane-proxy ", "").split(" ");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter told = new PrintWriter(out);
        PrintWriter complained = new PrintWriter(err);
        Program program = new ServerProgram(told, complained, InstantSource.system(), environment, new Termination());
        int code = Main.execute(arguments, environment, told, complained, program);
        told.flush();
        complained.flush();
        return new Ended(code, out.toString(), err.toString());
    }
}
