package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.peers.Caddy;
import io.planeproxy.benchmarks.sidebyside.peers.Command;
import io.planeproxy.benchmarks.sidebyside.peers.Core;
import io.planeproxy.benchmarks.sidebyside.peers.Haproxy;
import io.planeproxy.benchmarks.sidebyside.peers.Nginx;
import io.planeproxy.benchmarks.sidebyside.peers.Peer;
import io.planeproxy.benchmarks.sidebyside.peers.PlaneProxy;
import io.planeproxy.benchmarks.sidebyside.peers.RawRelay;
import io.planeproxy.benchmarks.sidebyside.peers.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command. {@code benchmarks/side-by-side} finds Java and pins it to the core of the load. */
@CommandLine.Command(
        name = "side-by-side",
        description = "Puts plane-proxy, nginx, HAProxy and Caddy under the same loads and writes a table and a plot.",
        mixinStandardHelpOptions = true)
final class SideBySide implements Callable<Integer> {
    private static final int CANNOT_BEGIN = 2;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--bundle", description = "The folder of the bundle.", required = true)
    private Path bundle = Path.of("");

    @Option(names = "--out", description = "The folder for table and plot.", required = true)
    private Path out = Path.of("");

    @Option(names = "--loads", split = ",", description = "Ids or letters of loads, all of them if left out.")
    private List<String> loads = List.of();

    @Option(names = "--peers", split = ",", description = "Ids of proxies, all of them if left out.")
    private List<String> peers = List.of();

    @Option(names = "--rounds", description = "How often each proxy has its turn: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--seconds", description = "Of one turn: ${DEFAULT-VALUE}.")
    private int seconds = 4;

    @Option(names = "--warm-up", description = "Seconds before the first round: ${DEFAULT-VALUE}.")
    private int warmUp = 15;

    @Option(names = "--access-logs", description = "OFF or ON, for all of them: ${DEFAULT-VALUE}.")
    private Site.AccessLogs accessLogs = Site.AccessLogs.OFF;

    @Option(names = "--proxy-core", description = "The core for the proxies: ${DEFAULT-VALUE}.")
    private int proxyCore = 0;

    @Option(names = "--load-core", description = "The core this program has been pinned to: ${DEFAULT-VALUE}.")
    private int loadCore = 1;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SideBySide())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // The script has said where to write to; who says it again means it.
                .setOverwrittenOptionsAllowed(true);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = command.commandLine().getErr();
        Plan plan = plan();
        List<String> obstacles = Stream.concat(unknown().stream(), missing(plan.peers()).stream())
                .toList();
        if (!obstacles.isEmpty()) {
            obstacles.forEach(err::println);
            return CANNOT_BEGIN;
        }
        Machine machine = Machine.of(plan, Instant.now());
        machine.lines().forEach(System.out::println);
        try (Comparison comparison = new Comparison(plan, System.out)) {
            Results results = comparison.run();
            Path table = out.resolve("side-by-side.md");
            Path plot = out.resolve("side-by-side.svg");
            Files.createDirectories(out);
            Files.writeString(table, new MarkdownReport(plan, results, machine).text());
            Files.writeString(plot, new SvgPlot(plan, results, machine).text());
            new Verdicts(results).lines().forEach(System.out::println);
            System.out.println("written: " + table + " and " + plot);
        }
        return 0;
    }

    private Plan plan() throws IOException {
        return new Plan(
                Load.ALL.stream()
                        .filter(load -> loads.isEmpty() || loads.stream().anyMatch(load::isCalled))
                        .toList(),
                allPeers().stream()
                        .filter(peer -> peers.isEmpty() || peers.contains(peer.id()))
                        .toList(),
                rounds,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(warmUp),
                new Core(proxyCore),
                new Core(loadCore),
                accessLogs,
                Files.createTempDirectory("side-by-side"));
    }

    private List<Peer> allPeers() {
        return List.of(
                new PlaneProxy(bundle.toAbsolutePath()),
                new Nginx(Nginx.Tuning.TUNED),
                new Haproxy(),
                new Caddy(),
                new Nginx(Nginx.Tuning.GUIDE),
                new RawRelay());
    }

    /** A sentence for each name that was asked for and means nothing. */
    private List<String> unknown() {
        Stream<String> unknownLoads = loads.stream()
                .filter(name -> Load.ALL.stream().noneMatch(load -> load.isCalled(name)))
                .map(name -> "there is no load " + name + "; there are "
                        + Load.ALL.stream().map(Load::id).collect(Collectors.joining(", ")));
        Stream<String> unknownPeers = peers.stream()
                .filter(name -> allPeers().stream().noneMatch(peer -> peer.id().equals(name)))
                .map(name -> "there is no proxy " + name + "; there are "
                        + allPeers().stream().map(Peer::id).collect(Collectors.joining(", ")));
        return Stream.concat(unknownLoads, unknownPeers).toList();
    }

    /** A sentence for each program that is not there. */
    private static List<String> missing(List<Peer> peers) {
        Stream<String> tools = Stream.of("taskset:util-linux", "openssl:openssl", "wrk:wrk")
                .filter(tool ->
                        Command.find(tool.substring(0, tool.indexOf(':'))).isEmpty())
                .map(tool -> "missing: " + tool.replace(":", "; on Debian: apt-get install "));
        Stream<String> programs = peers.stream()
                .map(Peer::program)
                .distinct()
                .filter(program -> !Files.isExecutable(Path.of(program))
                        && Command.find(program).isEmpty())
                .map(program -> program.contains("/")
                        ? "missing: " + program + "; build it with: mvn -B -q -DskipTests package"
                        : "missing: " + program + "; on Debian: apt-get install " + program);
        return Stream.concat(tools, programs).toList();
    }
}
