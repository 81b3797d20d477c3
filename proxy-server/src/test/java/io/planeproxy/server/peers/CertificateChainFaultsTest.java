package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.server.Examination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains as an authority gives them, made by openssl, and what operators make of them. */
final class CertificateChainFaultsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeAnAuthority() throws Exception {
        Tool.need(Tool.OPENSSL);
        Files.writeString(folder.resolve("authority.ext"), "basicConstraints=critical,CA:TRUE\n");
        Files.writeString(
                folder.resolve("server.ext"),
                "basicConstraints=CA:FALSE\nsubjectAltName=DNS:plane.example\n"
                        + "authorityInfoAccess=caIssuers;URI:http://authority.example/intermediate.crt\n");
        request("root", "/CN=Root");
        openssl("x509", "-req", "-in", "root.csr", "-key", "root.key", "-out", "root.pem", "-extfile", "authority.ext");
        request("intermediate", "/CN=Intermediate");
        signed("intermediate", "root", "authority.ext");
        request("server", "/CN=plane.example");
        signed("server", "intermediate", "server.ext");
    }

    @Test
    void aChainInOrderIsWell() throws IOException {
        Path chain = file("chain.pem", "server", "intermediate");
        look(chain).isWell("certificate", chain.toString());
    }

    @Test
    void aChainOutOfOrderIsTold() throws IOException {
        look(file("upside-down.pem", "intermediate", "server"))
                .fails(
                        "certificate",
                        "test.conf:1: plane-proxy.listeners[0].tls.certificate",
                        "the chain is out of order",
                        "CN=plane.example (stands at place 2)",
                        "Put them into this order");
    }

    @Test
    void aMissingIntermediateIsTold() throws IOException {
        Path alone = file("alone.pem", "server");
        look(alone)
                .warns(
                        "certificate",
                        alone + ", its content",
                        "without its intermediate (CN=Intermediate)",
                        "fullchain.pem");
    }

    private static Examination look(Path chain) {
        return Examination.of(Examination.order(
                "plane-proxy { upstream = \"http://127.0.0.1:9\", listeners = [ { port = 18443, tls { certificate = \""
                        + chain + "\", key = \"" + folder.resolve("server.key") + "\" } } ] }",
                "certificate"));
    }

    private static Path file(String name, String... certificates) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String certificate : certificates) {
            text.append(Files.readString(folder.resolve(certificate + ".pem")));
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static void request(String name, String subject) throws Exception {
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr",
                "-subj",
                subject);
    }

    private static void signed(String name, String by, String extensions) throws Exception {
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                by + ".pem",
                "-CAkey",
                by + ".key",
                "-CAcreateserial",
                "-days",
                "60",
                "-out",
                name + ".pem",
                "-extfile",
                extensions);
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Tool.OPENSSL.path().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
