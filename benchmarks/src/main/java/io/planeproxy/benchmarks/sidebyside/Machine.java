package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.peers.Certificate;
import io.planeproxy.benchmarks.sidebyside.peers.Command;
import io.planeproxy.benchmarks.sidebyside.peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a reader must know of where the figures come from. */
record Machine(List<String> lines) {
    static Machine of(Plan plan, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Date: " + now.truncatedTo(ChronoUnit.MINUTES));
        lines.add("Machine: " + processor() + ", " + Runtime.version() + " for what makes the load");
        lines.add("Kernel: " + Command.run("uname", "-srm"));
        lines.add("Pinning: each proxy on core " + plan.proxyCore().text()
                + "; upstream and load generators together on core "
                + plan.loadCore().text());
        lines.add("TLS: 1.3, TLS_AES_128_GCM_SHA256, X25519, one certificate for all (" + Certificate.KIND + ")");
        lines.add("Access logs: "
                + switch (plan.accessLogs()) {
                    case OFF -> "off for all";
                    case ON -> "on for all, into files";
                });
        lines.add("Rounds: " + plan.rounds() + " of " + plan.time().toSeconds()
                + " s for each proxy, interleaved, after a warm-up of "
                + plan.warmUp().toSeconds() + " s");
        lines.add("Versions: " + String.join("; ", versions(plan.peers())));
        return new Machine(lines);
    }

    private static List<String> versions(List<Peer> peers) {
        return peers.stream().map(Peer::version).distinct().toList();
    }

    private static String processor() {
        try {
            List<String> models = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .toList();
            return models.size() + " × " + (models.isEmpty() ? "unknown processor" : models.getFirst());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
