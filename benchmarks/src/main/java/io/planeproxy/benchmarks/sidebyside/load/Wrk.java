package io.planeproxy.benchmarks.sidebyside.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's wrk: many requests over connections that stay open. */
public final class Wrk {
    private static final Pattern DONE = Pattern.compile("(\\d+) requests in ([0-9.]+)(us|ms|s|m),");
    private static final Pattern PERCENTILE = Pattern.compile("(50|99)% +([0-9.]+)(us|ms|s|m)");
    private static final Pattern TROUBLE = Pattern.compile("(?m)^ *(Socket errors|Non-2xx).*$");

    private final Path folder;

    /** @param folder where its few files may lie */
    public Wrk(Path folder) {
        this.folder = folder;
    }

    /** What is asked for again and again. */
    public enum Request {
        SMALL("/small", 0),
        DOWNLOAD_64K("/64k", 0),
        DOWNLOAD_1M("/1m", 0),
        UPLOAD_10M(Upstream.UPLOAD, 10 * 1024 * 1024);

        private final String path;
        private final int body;

        Request(String path, int body) {
            this.path = path;
            this.body = body;
        }
    }

    /** @throws LoadFailure where a single request failed */
    public Work run(InetSocketAddress target, Security security, Request request, int connections, Duration time) {
        String output = output(command(target, security, request, connections, time));
        Matcher trouble = TROUBLE.matcher(output);
        if (trouble.find()) {
            throw new LoadFailure("wrk tells of " + trouble.group().strip());
        }
        Matcher done = find(DONE, output);
        return new Work(
                Long.parseLong(done.group(1)),
                micros(done, 2) / 1e6,
                percentile(output, "50"),
                percentile(output, "99"));
    }

    private List<String> command(
            InetSocketAddress target, Security security, Request request, int connections, Duration time) {
        List<String> command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + connections, "-d" + time.toSeconds() + "s", "--timeout", "30s", "--latency"));
        if (request.body > 0) {
            command.addAll(List.of("-s", write("upload.lua", """
                    wrk.method = "POST"
                    wrk.headers["Content-Type"] = "application/octet-stream"
                    wrk.body = string.rep("x", %d)
                    """.formatted(request.body))));
        }
        command.add(security.scheme() + "://localhost:" + target.getPort() + request.path);
        return command;
    }

    private String output(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPENSSL_CONF", write("openssl.cnf", """
                openssl_conf = all
                [all]
                ssl_conf = ssl
                [ssl]
                system_default = clients
                [clients]
                MinProtocol = TLSv1.3
                Ciphersuites = %s
                Groups = X25519
                """.formatted(ClientTls.SUITE)));
        try {
            Process wrk = builder.start();
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (wrk.waitFor() != 0) {
                throw new LoadFailure(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted while wrk was running");
        }
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static double percentile(String output, String which) {
        Matcher matcher = PERCENTILE.matcher(output);
        while (matcher.find()) {
            if (matcher.group(1).equals(which)) {
                return micros(matcher, 2);
            }
        }
        throw new LoadFailure("no " + which + "% in what wrk wrote: " + output);
    }

    private static double micros(Matcher matcher, int group) {
        return Double.parseDouble(matcher.group(group)) * microsOf(matcher.group(group + 1));
    }

    private static double microsOf(String unit) {
        return switch (unit) {
            case "us" -> 1;
            case "ms" -> 1e3;
            case "s" -> 1e6;
            default -> 60e6;
        };
    }

    private static Matcher find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new LoadFailure("wrk wrote something else than expected: " + output);
        }
        return matcher;
    }
}
