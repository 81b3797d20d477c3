package io.planeproxy.server.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program that a test with real peers needs. */
public enum Tool {
    PROMTOOL("promtool", "install it (Debian: apt-get install prometheus)"),
    NODE("node", "install Node 20 or newer"),
    CHROMIUM("chromium", "install it (Debian: apt-get install chromium)"),
    NGINX("nginx", "install it (Debian: apt-get install nginx-light)"),
    PYTHON("python3", "install it (Debian: apt-get install python3)"),
    OPENSSL("openssl", "install it (Debian: apt-get install openssl)"),
    SSLSCAN("sslscan", "install it (Debian: apt-get install sslscan)"),
    TESTSSL("testssl", "install it (Debian: apt-get install testssl.sh)"),
    SLOWHTTPTEST("slowhttptest", "install it (Debian: apt-get install slowhttptest)"),
    SETPRIV("setpriv", "install it (Debian: apt-get install util-linux)"),
    CURL("curl", "install it (Debian: apt-get install curl)"),
    SSH("ssh", "install it (Debian: apt-get install openssh-client)"),
    SS("ss", "install it (Debian: apt-get install iproute2)"),
    JOURNALCTL("journalctl", "install it (Debian: apt-get install systemd)"),
    SYSTEMCTL("systemctl", "install it (Debian: apt-get install systemd)");

    private static final Path SCRIPTS = Path.of("src", "test", "node").toAbsolutePath();

    private final String program;
    private final String remedy;

    Tool(String program, String remedy) {
        this.program = program;
        this.remedy = remedy;
    }

    /** Skips the test if one of the tools is missing, or fails it where all have to be there. */
    static void need(Tool... tools) {
        Arrays.stream(tools).forEach(Tool::path);
    }

    /** Where it is; skips or fails the test that asks for what is missing. */
    public Path path() {
        Path found = onPath().orElseGet(() -> missing(program + " is not on the PATH; " + remedy + "."));
        if (this == NODE && !Files.isDirectory(SCRIPTS.resolve("node_modules"))) {
            return missing("The packages in " + SCRIPTS + " are not there; run `npm ci` in that folder.");
        }
        return found;
    }

    /** The folder of the scripts for Node. */
    static Path scripts() {
        return SCRIPTS;
    }

    private Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        // Debian keeps nginx where only root's PATH leads.
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path missing(String sentence) {
        if ("required".equals(System.getenv("PLANE_PROXY_TEST_TOOLS")) || "true".equals(System.getenv("CI"))) {
            return Assertions.fail(sentence + " (CI=true or PLANE_PROXY_TEST_TOOLS=required asks for every tool.)");
        }
        return Assumptions.abort(sentence);
    }
}
