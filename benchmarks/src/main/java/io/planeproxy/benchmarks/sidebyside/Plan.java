package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.peers.Core;
import io.planeproxy.benchmarks.sidebyside.peers.Peer;
import io.planeproxy.benchmarks.sidebyside.peers.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is to be compared, and how long.
 *
 * @param rounds how often each proxy has its turn under each load
 * @param time of one turn
 * @param warmUp of each proxy before the first round
 * @param folder for what the proxies need and write
 */
record Plan(
        List<Load> loads,
        List<Peer> peers,
        int rounds,
        Duration time,
        Duration warmUp,
        Core proxyCore,
        Core loadCore,
        Site.AccessLogs accessLogs,
        Path folder) {}
