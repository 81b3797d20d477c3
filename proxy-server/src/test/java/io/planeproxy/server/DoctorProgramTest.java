package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.peers.Tool;
import io.planeproxy.tls.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as a process of its own, with the rights and the limits that a process has. */
final class DoctorProgramTest {
    private static final Path PRIVILEGED_FROM = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    @TempDir
    private Path folder;

    @Test
    void whatTheUserOfTheServiceMayNotReadIsToldComponentByComponent() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        Path closed = Files.createDirectory(folder.resolve("live"));
        Path key = Files.move(identity.key(), closed.resolve("privkey.pem"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (ProgramProcess doctor = asNobody(
                "doctor",
                "--only",
                "certificate-files",
                "--upstream",
                "http://127.0.0.1:9",
                "--tls-listen",
                "127.0.0.1:18443",
                "--tls-certificate",
                identity.certificate().toString(),
                "--tls-key",
                key.toString())) {
            doctor.await("ok +certificate-files +" + identity.certificate() + ": can be read by nobody");
            doctor.await("FAILED +certificate-files +" + key
                    + ": permission denied for user nobody .* may not pass through");
            doctor.await("\\| " + closed + ": owner root, group root, mode 0700");
            doctor.await("fix: setfacl -m u:nobody:x " + closed);
            assertEquals(2, doctor.exitCode(), () -> doctor.output().toString());
        }
    }

    @Test
    void aLowPortWithoutTheCapabilityIsTold() throws Exception {
        boolean hasLowPorts = Integer.parseInt(Files.readString(PRIVILEGED_FROM).strip()) > 1;
        try (ProgramProcess doctor = asNobody(
                "doctor",
                "--only",
                "privileged-ports",
                "--upstream",
                "http://127.0.0.1:9",
                "--listen",
                "127.0.0.1:1")) {
            doctor.await(
                    hasLowPorts
                            ? "FAILED +privileged-ports +127.0.0.1:1: .*the user nobody lacks CAP_NET_BIND_SERVICE"
                            : "ok +privileged-ports +every port is one that any user may open, from \\d");
            assertEquals(
                    hasLowPorts ? 2 : 0,
                    doctor.exitCode(),
                    () -> doctor.output().toString());
        }
    }

    @Test
    void tooFewOpenFilesAreTold() throws Exception {
        try (ProgramProcess doctor = ProgramProcess.startWithFiles(
                256,
                "doctor",
                "--only",
                "open-files",
                "--upstream",
                "http://127.0.0.1:9",
                "--listen",
                "127.0.0.1:18080")) {
            doctor.await("warning +open-files +this process may have 256 files open; 4096 are wanted");
            doctor.await("fix: in the unit of systemd: LimitNOFILE=65536");
        }
    }

    @Test
    void aNameWithAnAddressThatNobodyListensOnIsToldWithItsKind() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 plane.test\n::1 plane.test\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess doctor = ProgramProcess.startWith(
                        Map.of("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts),
                        "doctor",
                        "--only",
                        "upstream-address",
                        "--upstream",
                        "http://plane.test:" + upstream.address().getPort())) {
            doctor.await(
                    "warning +upstream-address +http://plane.test:\\d+: some of its addresses cannot be connected to");
            doctor.await("\\| A 127.0.0.1: connected");
            doctor.await("\\| AAAA 0:0:0:0:0:0:0:1: \\S+");
            assertEquals(1, doctor.exitCode(), () -> doctor.output().toString());
        }
    }

    @Test
    void aProxyThatRunsIsAskedAndItsProcessLookedAt() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ProgramProcess proxy =
                        ProgramProcess.start("run", "--upstream", url(upstream), "--listen", "127.0.0.1:0")) {
            String listen = "127.0.0.1:" + ProgramTest.listening(proxy).getPort();
            try (ProgramProcess doctor = ProgramProcess.start(
                    "doctor", "--only", "ports,open-files", "--upstream", url(upstream), "--listen", listen)) {
                doctor.await("ok +ports +" + listen + ": plane-proxy listens: plane-proxy \\(pid " + proxy.pid()
                        + ", user ");
                doctor.await("ok +open-files +plane-proxy, which runs, may have \\d+ files open");
                assertEquals(0, doctor.exitCode(), () -> doctor.output().toString());
                assertTrue(doctor.errors().isEmpty(), () -> doctor.errors().toString());
            }
        }
    }

    @Test
    void theProxyThatRunsIsFoundByItsAdminSocketWhereNoConfigurationTells() throws Exception {
        Path socket = folder.resolve("admin.sock");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ProgramProcess proxy = ProgramProcess.startWith(
                        Map.of("PLANE_PROXY_ADMIN_SOCKET", socket.toString()),
                        "run",
                        "--upstream",
                        url(upstream),
                        "--listen",
                        "127.0.0.1:0")) {
            proxy.await("taking orders at ");
            String listen = "127.0.0.1:" + ProgramTest.listening(proxy).getPort();
            String[] trace = {
                "doctor",
                "--only",
                "trace",
                "--upstream",
                url(upstream),
                "--listen",
                listen,
                "--admin",
                socket.toString()
            };
            try (ProgramProcess doctor = ProgramProcess.start(trace)) {
                doctor.await("ok +trace +upgrade: arrives, 101 comes back, and so does a pong");
                assertEquals(0, doctor.exitCode(), () -> doctor.output().toString());
            }
            trace[trace.length - 1] = folder.resolve("none.sock").toString();
            try (ProgramProcess doctor = ProgramProcess.start(trace)) {
                doctor.await("trace +.*: no running proxy takes orders from this user \\(" + folder
                        + "/none.sock: .*or name its admin socket with --admin PATH");
                doctor.exitCode();
            }
        }
    }

    private ProgramProcess asNobody(String... arguments) throws Exception {
        Tool.SETPRIV.path();
        Assumptions.assumeTrue(
                Files.getOwner(Files.createTempFile(folder, "mine", ""))
                        .getName()
                        .equals("root"),
                "only root can start a process of another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return ProgramProcess.startAsNobody(Files.createDirectory(folder.resolve("classes")), arguments);
    }

    private static String url(ScriptedUpstream upstream) {
        return "http://127.0.0.1:" + upstream.address().getPort();
    }
}
