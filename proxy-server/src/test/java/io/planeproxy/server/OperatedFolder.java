package io.planeproxy.server;

import io.planeproxy.core.kit.ScriptedUpstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the configuration file of a program that is changed while it runs: one upstream, one listener, and an admin socket. */
record OperatedFolder(Path path) {

    Path file() {
        return path.resolve("plane-proxy.conf");
    }

    Path socket() {
        return path.resolve("admin.sock");
    }

    /** @param more lines from the fifth on */
    Path write(ScriptedUpstream upstream, String... more) throws IOException {
        return Files.writeString(file(), """
                plane-proxy {
                upstream = "%s"
                listeners = [ { address = "127.0.0.1", port = 0 } ]
                admin.socket = "admin.sock"
                %s
                }
                """.formatted(url(upstream), String.join("\n", more)));
    }

    /** @param more lines of the file from the fifth on */
    ProgramProcess run(ScriptedUpstream upstream, String... more) throws IOException {
        return ProgramProcess.start("run", "--config", write(upstream, more).toString());
    }

    static String url(ScriptedUpstream upstream) {
        return "http://127.0.0.1:" + upstream.address().getPort();
    }

    /** Where it listens, once it takes orders. */
    static InetSocketAddress serving(ProgramProcess program) throws InterruptedException {
        program.await("taking orders at ");
        return ProgramTest.listening(program);
    }
}
