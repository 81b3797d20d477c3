package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.server.cli.DemoOptions;
import io.planeproxy.server.cli.Program;
import io.planeproxy.server.cli.ReloadOrder;
import io.planeproxy.server.cli.RollbackOrder;
import io.planeproxy.server.cli.RunOrder;
import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.doctor.PublicAddress;
import io.planeproxy.server.doctor.Result;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {
    private static final int GOOD = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final int NOT_CARRIED_OVER = 3;
    private static final String UPSTREAM = "http://10.0.0.5:8080";
    private static final String COMMANDS =
            "run, reload, check, health, demo, history, rollback, explain, doctor, import-nginx";

    private final Recording program = new Recording();

    @Test
    void optionsWithoutACommandMeanRun() {
        assertEquals(
                new Ended(GOOD, "", ""),
                execute(Map.of(), "--upstream", UPSTREAM, "--listen", "8080", "--listen=[::1]:8081"));
        assertEquals(List.of("run " + UPSTREAM + " on *:8080 [::1]:8081"), program.calls);
    }

    @Test
    void withoutAnythingTheSentenceSaysWhatToWrite() {
        Ended ended = execute(Map.of());
        assertEquals(WRONG, ended.code());
        assertEquals(
                "plane-proxy: no upstream; expected the address of Plane; start with for example --upstream http://10.0.0.5:8080"
                        + " --listen 8080, or set PLANE_PROXY_UPSTREAM, or name a file with --config\n",
                ended.err());
        assertEquals(List.of(), program.calls);
    }

    @Test
    void aContainerNeedsNoArguments() {
        assertEquals(
                GOOD,
                execute(Map.of("PLANE_PROXY_UPSTREAM", UPSTREAM, "PLANE_PROXY_LISTEN", "8080"))
                        .code());
        assertEquals(List.of("run " + UPSTREAM + " on *:8080"), program.calls);
    }

    @Test
    void runTakesThePlaceOfTheRunningOneWhereItIsToldTo() {
        assertEquals(
                GOOD,
                execute(Map.of(), "run", "--replace", "--upstream", UPSTREAM).code());
        assertEquals(List.of("run " + UPSTREAM + " on *:80 replacing the running one"), program.calls);
    }

    @Test
    void reloadFindsTheSocketByTheCommandLineOrTheConfigurationHoweverWrongThatIs(@TempDir Path folder)
            throws IOException {
        Path wrong = Files.writeString(
                folder.resolve("wrong.conf"), "plane-proxy { max-boddy = 1M, admin.socket = \"here.sock\" }");
        Path broken = Files.writeString(folder.resolve("broken.conf"), "plane-proxy {");
        execute(Map.of(), "reload");
        execute(Map.of(), "reload", "--admin", "/run/x.sock", "--config", wrong.toString());
        execute(Map.of(), "reload", "--config", wrong.toString());
        execute(Map.of("PLANE_PROXY_CONFIG", wrong.toString()), "reload");
        execute(Map.of("PLANE_PROXY_ADMIN_SOCKET", "off"), "reload");
        execute(Map.of(), "reload", "--config", broken.toString());
        String here = "reload by " + folder.resolve("here.sock");
        assertEquals(
                List.of("reload by auto", "reload /run/x.sock", here, here, "reload by off", "reload by auto"),
                program.calls);
    }

    @Test
    void theFileOfTheVariableIsReadWhereNoOptionNamesAnother(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one.conf"), "plane-proxy.upstream = \"http://one\"");
        Path two = Files.writeString(folder.resolve("two.conf"), "plane-proxy.upstream = \"http://two\"");
        execute(Map.of("PLANE_PROXY_CONFIG", one.toString()));
        execute(Map.of("PLANE_PROXY_CONFIG", one.toString()), "--config", two.toString());
        assertEquals(List.of("run http://one:80 on *:80", "run http://two:80 on *:80"), program.calls);
    }

    @Test
    void checkSaysThatTheConfigurationIsGoodAndServesNothing() {
        Ended ended = execute(Map.of(), "check", "--config", "../conf/plane-proxy.conf");
        assertEquals("""
                ../conf/plane-proxy.conf: configuration is good
                  listens on *:443 for https with /etc/plane-proxy/fullchain.pem
                  listens on *:80 and redirects to https on 443
                  passes / to http://10.0.0.5:8080, bodies up to 10M, upgrades [websocket]
                  trusts the forwarding fields of nobody
                  allows a request line of 16K, 200 fields of 64K
                not looked at: whether the ports are free, and whether the upstream answers
                """, ended.out());
        assertEquals(GOOD, ended.code());
        assertEquals(List.of(), program.calls);
    }

    @Test
    void theRoutesToPlanesServicesTakePlanesVariablesAndNeedNone() {
        List<String> file = List.of("check", "--config", "../conf/docker/plane-services.conf");
        Ended empty = execute(Map.of("FILE_SIZE_LIMIT", "", "BUCKET_NAME", ""), file.toArray(String[]::new));
        assertTrue(
                empty.out().contains("  passes /uploads to http://plane-minio:9000, bodies up to 10M,"), empty.out());
        Ended set = execute(Map.of("FILE_SIZE_LIMIT", "20971520", "BUCKET_NAME", "files"), file.toArray(String[]::new));
        assertTrue(set.out().contains("  passes /files to http://plane-minio:9000, bodies up to 20M,"), set.out());
        assertTrue(set.out().contains("  passes /live to http://live:3000, bodies up to 20M,"), set.out());
    }

    @Test
    void whatIsWrongWithAFileThatTheSettingsNameIsToldAtTheLineOfItsKey() {
        program.findsFaultWithCertificates = true;
        Ended ended = execute(Map.of(), "check", "--config", "../conf/plane-proxy.conf");
        assertEquals(
                "../conf/plane-proxy.conf:11: plane-proxy.listeners[0].tls.certificate: expired; expected a valid one; renew it\n",
                ended.err());
        assertEquals("", ended.out());
        assertEquals(WRONG, ended.code());
    }

    @Test
    void everyProblemOfEverySourceIsTold() {
        Ended ended = execute(
                Map.of("PLANE_PROXY_MAX_BDY", "1M"), "check", "--upstream", "x", "--max-body", "0", "--listen", "y");
        assertEquals(WRONG, ended.code());
        assertEquals(4, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().contains("the nearest known one is PLANE_PROXY_MAX_BODY\n"), ended.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --upstraem http://x | unknown option \"--upstraem\"; the nearest known one is \"--upstream\"",
                "--colour | unknown option \"--colour\"; plane-proxy run --help lists the known ones",
                "chek | unknown command \"chek\"; the nearest known one is \"check\"",
                "chek --config x | unknown command \"chek\"; the nearest known one is \"check\"",
                "nginx -t | unknown word \"nginx\"; expected one of the commands {COMMANDS}, or options; plane-proxy --help explains them",
                "check good.conf | \"good.conf\"; expected options alone; write --config good.conf if it is the configuration",
                "--config a b | unknown word \"b\"; expected one of the commands {COMMANDS}, or options; plane-proxy --help explains them",
                "--config a check | \"check\" after options; expected the command before them; write plane-proxy check and the options after it",
                "--upstream | --upstream has no value; expected URL after it",
                "check --config a --config b | --config was given twice; expected once; remove one of the two",
                "explain upstraem-refused | unknown cause \"upstraem-refused\"; the nearest known one is \"upstream-refused\"",
                "explain UPSTREAM_REFUSED | unknown cause \"UPSTREAM_REFUSED\"; the nearest known one is \"upstream-refused\"",
                "explain nothing | unknown cause \"nothing\"; plane-proxy explain lists all",
                "doctor --url plane | --url: \"plane\"; expected an address such as https://plane.example; plane-proxy --help lists the options",
                "doctor --only websokcet | --only: \"websokcet\"; expected \"websocket\"; plane-proxy --help lists the options",
                "doctor --idle soon | --idle: \"soon\"; expected a number of seconds up to 9999; plane-proxy --help lists the options",
                "import-nginx | FILE is missing; expected it behind the command",
                "demo --port 99999 | --port: \"99999\"; expected a port from 1 to 65535, or 0 for any free one"
            })
    void wrongArgumentsAreOneSentence(String arguments, String sentence) {
        String said = sentence.replace("{COMMANDS}", COMMANDS);
        assertEquals(new Ended(WRONG, "", "plane-proxy: " + said + "\n"), execute(Map.of(), arguments.split(" ")));
    }

    @Test
    void anEmptyNameOfTheFileIsNotTakenForNone() {
        Ended ended = execute(Map.of(), "check", "--config=", "--upstream", UPSTREAM);
        assertEquals(WRONG, ended.code());
        assertTrue(
                ended.err().startsWith("plane-proxy: --config: the name of the file is empty; expected a path"),
                ended.err());
    }

    @Test
    void theDemoHasAStandardPortAndTakesAnother() {
        execute(Map.of(), "demo");
        execute(Map.of(), "demo", "--port", "0");
        assertEquals(List.of("demo 8443", "demo 0"), program.calls);
    }

    @Test
    void aCauseIsExplainedWithWhatToDo() {
        assertEquals(new Ended(GOOD, """
                upstream-refused
                  The upstream refuses connections.
                  What to do: Start Plane, or correct the address and port in upstream.
                """, ""), execute(Map.of(), "explain", "upstream-refused"));
    }

    @Test
    void withoutACodeEveryCauseIsListed() {
        List<String> lines = execute(Map.of(), "explain").out().lines().toList();
        assertEquals(
                Arrays.stream(Cause.values()).map(Cause::code).toList(),
                lines.stream().map(line -> line.split(" ", 2)[0]).toList());
        assertTrue(
                lines.contains("client-left                      The client went away before its reply was complete."));
    }

    @Test
    void findingsAreLinesThatStandBelowOneAnotherAndTheWorstGivesTheCode() {
        program.findings = List.of(
                new Finding("ports", Result.ok("*:443", "free")),
                new Finding("websocket", Result.skipped("through this proxy", "nobody listens")),
                new Finding("trusted-proxies", Result.warning("", "wide", "narrow it")));
        Ended warned = execute(Map.of(), "doctor", "--url", "https://Plane.example/x", "--idle", "65s");
        assertEquals(new Ended(1, """
                ok       ports                  *:443: free
                skipped  websocket              through this proxy: nobody listens
                warning  trusted-proxies        wide
                                                fix: narrow it

                0 failed, 1 warning, 1 ok, 1 skipped
                """, ""), warned);
        assertEquals(List.of("examine https://plane.example idle PT1M5S"), program.calls);
        program.findings =
                List.of(new Finding("websocket", Result.failed("here", "404", "pass it on", "> HTTP/1.1 404")));
        Ended failed = execute(Map.of(), "doctor");
        assertEquals(2, failed.code());
        assertTrue(failed.out().startsWith("""
                FAILED   websocket              here: 404
                                                | > HTTP/1.1 404
                                                fix: pass it on
                """), failed.out());
    }

    @Test
    void findingsAsJsonAreForPrograms() {
        program.findings = List.of(new Finding("websocket", Result.failed("here", "\"404\"", "pass it on", "line")));
        Config json = ConfigFactory.parseString(
                execute(Map.of(), "doctor", "--json").out(),
                ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
        assertEquals(2, json.getInt("exit-code"));
        Config finding = json.getConfigList("findings").getFirst();
        assertEquals(
                List.of("websocket", "here", "failed", "\"404\"", "pass it on", "line"),
                List.of(
                        finding.getString("check"),
                        finding.getString("subject"),
                        finding.getString("result"),
                        finding.getString("seen"),
                        finding.getString("fix"),
                        finding.getStringList("evidence").getFirst()));
    }

    @Test
    void aSiteOfNginxIsPrintedAsAConfigurationAndAccountedFor() {
        Ended whole = execute(Map.of(), "import-nginx", "src/test/resources/nginx/guide/site.conf");
        assertEquals(GOOD, whole.code(), whole.err());
        assertTrue(whole.out().contains("upstream = \"http://10.0.0.5:8080\""), whole.out());
        assertEquals(29, whole.err().lines().count(), whole.err());
        assertEquals(
                NOT_CARRIED_OVER,
                execute(Map.of(), "import-nginx", "src/test/resources/nginx/direct/site.conf")
                        .code());
        Ended chosen = execute(
                Map.of(),
                "import-nginx",
                "--server-name",
                "plane.example",
                "src/test/resources/nginx/several-sites/site.conf");
        assertEquals(GOOD, chosen.code(), chosen.err());
        assertTrue(chosen.out().contains("/etc/ssl/plane.pem"), chosen.out());
    }

    @Test
    void aSiteOfNginxThatCannotBeReadIsAWrongConfiguration() {
        Ended missing = execute(Map.of(), "import-nginx", "nowhere.conf");
        assertEquals(
                new Ended(WRONG, "", "nowhere.conf: no such file; expected a configuration of nginx; check the path\n"),
                missing);
        Ended without = execute(Map.of(), "import-nginx", "src/test/resources/nginx/include-missing/site.conf");
        assertEquals(WRONG, without.code());
        assertTrue(without.out().contains("upstream = \"http://10.0.0.5:8080\""), without.out());
        Ended nameless = execute(
                Map.of(), "import-nginx", "--server-name", "x.example", "src/test/resources/nginx/guide/site.conf");
        assertEquals(NOT_CARRIED_OVER, nameless.code());
        assertTrue(nameless.err().contains("no server with the name x.example passes requests"), nameless.err());
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertTrue(execute(Map.of(), "--help").out().startsWith("Usage: plane-proxy"));
        assertEquals(execute(Map.of(), "--help"), execute(Map.of(), "help"));
        assertEquals(execute(Map.of(), "run", "--help"), execute(Map.of(), "help", "run"));
        assertTrue(execute(Map.of(), "--help").out().contains("plane-proxy run --help lists its options"));
        assertTrue(execute(Map.of(), "run", "--help").out().contains("--tls-certificate=FILE"));
        assertTrue(execute(Map.of(), "--version").out().startsWith("plane-proxy development (Java 25"));
        assertEquals(GOOD, execute(Map.of(), "-h").code());
    }

    @Test
    void theProgramsOwnCodeIsPassedOn() {
        program.code = FAILED;
        assertEquals(FAILED, execute(Map.of(), "--upstream", UPSTREAM).code());
    }

    @Test
    void aFaultOfTheProgramIsOneSentenceAndCodeOne() {
        program.fails = true;
        Ended ended = execute(Map.of(), "--upstream", UPSTREAM);
        assertEquals(FAILED, ended.code());
        assertEquals(1, ended.err().lines().count());
        assertFalse(ended.err().contains("\tat "));
    }

    private Ended execute(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(arguments, environment, new PrintWriter(out), new PrintWriter(err), program);
        return new Ended(code, out.toString(), err.toString());
    }

    private record Ended(int code, String out, String err) {}

    /** A program that only notes what it was told. */
    private static final class Recording implements Program {
        private final List<String> calls = new ArrayList<>();
        private List<Finding> findings = List.of();
        private boolean findsFaultWithCertificates;
        private boolean fails;
        private int code;

        @Override
        public void starting() {}

        @Override
        public int run(RunOrder order) {
            if (fails) {
                throw new IllegalStateException("bug");
            }
            Settings settings = order.settings();
            StringBuilder call = new StringBuilder(
                    "run " + settings.defaultRoute().upstream().value() + " on");
            settings.listeners()
                    .forEach(listener ->
                            call.append(' ').append(listener.address().value()));
            switch (order.replacing()) {
                case NOBODY -> {}
                case THE_RUNNING_ONE -> call.append(" replacing the running one");
            }
            calls.add(call.toString());
            return code;
        }

        @Override
        public int reload(ReloadOrder order) {
            calls.add("reload " + order.admin().map(Path::toString).orElse("by " + order.said()));
            return code;
        }

        @Override
        public int rollback(RollbackOrder order) {
            calls.add("rollback to " + order.number());
            return code;
        }

        @Override
        public int health(Settings settings) {
            calls.add("health of " + settings.listeners().size());
            return code;
        }

        @Override
        public int demo(DemoOptions options) {
            calls.add("demo " + options.port());
            return code;
        }

        @Override
        public void examine(Order order, Consumer<Finding> told) {
            calls.add("examine " + order.address().map(PublicAddress::toString).orElse("?") + " idle " + order.idle());
            findings.forEach(told);
        }

        @Override
        public Read read(Sources sources) {
            return SettingsReader.read(sources);
        }

        @Override
        public List<Problem> inspect(Settings settings) {
            return settings.listeners().stream()
                    .filter(listener -> findsFaultWithCertificates)
                    .filter(ListenerSettings.Secure.class::isInstance)
                    .map(ListenerSettings.Secure.class::cast)
                    .map(secure -> secure.tls().standard().certificate().problem("expired", "a valid one", "renew it"))
                    .toList();
        }
    }
}
