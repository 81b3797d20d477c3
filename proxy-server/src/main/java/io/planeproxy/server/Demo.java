package io.planeproxy.server;

import com.typesafe.config.ConfigUtil;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.server.cli.DemoOptions;
import io.planeproxy.server.demo.DemoUpstream;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The stand-in for Plane and the real proxy in front of it, in one process, reachable from this machine alone. */
final class Demo implements AutoCloseable {
    private static final Duration LIFE_OF_CERTIFICATE = Duration.ofDays(7);

    private final EventLoopGroup group;
    private final DemoUpstream upstream;
    private final Proxy proxy;

    private Demo(EventLoopGroup group, DemoUpstream upstream, Proxy proxy) {
        this.group = group;
        this.upstream = upstream;
        this.proxy = proxy;
    }

    static Demo start(DemoOptions options, Journal journal, Instant now) throws CannotStart {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("demo-upstream"), NioIoHandler.newFactory());
        DemoUpstream upstream = DemoUpstream.start(group);
        try {
            Lasting lasting = new Lasting();
            Proxy proxy = Proxy.start(generation(options, upstream.address(), lasting, now), lasting, journal);
            return new Demo(group, upstream, proxy);
        } catch (ListenFailure failure) {
            end(group, upstream);
            throw new CannotStart(sentence(failure, options), failure);
        } catch (IOException failure) {
            end(group, upstream);
            throw new CannotStart(
                    "plane-proxy: the demo's certificate cannot be written to " + System.getProperty("java.io.tmpdir")
                            + ": "
                            + failure.getMessage()
                            + "; expected a folder for short-lived files; make it writable, or name"
                            + " another with -Djava.io.tmpdir=FOLDER before -jar",
                    failure);
        }
    }

    private static String sentence(ListenFailure failure, DemoOptions options) {
        return switch (failure.reason()) {
            case IN_USE ->
                "plane-proxy: port " + options.port() + " is in use by another program; expected it to be free; choose"
                        + " another, for example: plane-proxy demo --port "
                        + another(options.port().number());
            case NOT_PERMITTED ->
                "plane-proxy: port " + options.port() + " may not be opened by the user "
                        + System.getProperty("user.name")
                        + "; expected a port from 1024 on; choose one, for example: plane-proxy demo --port 8443";
            case NOT_OF_THIS_MACHINE, NO_FILE_DESCRIPTORS, OTHER -> failure.sentence();
        };
    }

    private static int another(int port) {
        return port < 65_535 ? port + 1 : 8443;
    }

    /** The demo is a configuration like any other; only its certificate is made on the spot. */
    private static Generation generation(DemoOptions options, InetSocketAddress upstream, Lasting lasting, Instant now)
            throws IOException {
        Path folder = Files.createTempDirectory("plane-proxy-demo");
        try {
            PemFiles files = selfSigned(now).writeTo(folder);
            Settings settings = settings(options, upstream, files);
            return switch (Generation.of(settings, lasting, now)) {
                case Generation.Load.Good(Generation generation) -> generation;
                case Generation.Load.Bad(var problems) ->
                    throw new IllegalStateException("the demo's own certificate is not fit: " + problems);
                case Generation.Load.Unfit(String sentence) -> throw new IllegalStateException(sentence);
            };
        } finally {
            Files.deleteIfExists(folder.resolve("certificate.pem"));
            Files.deleteIfExists(folder.resolve("key.pem"));
            Files.deleteIfExists(folder);
        }
    }

    private static SelfSigned selfSigned(Instant now) {
        List<InetAddress> loopback = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        return SelfSigned.of(List.of("localhost"), loopback, now, LIFE_OF_CERTIFICATE);
    }

    private static Settings settings(DemoOptions options, InetSocketAddress upstream, PemFiles files) {
        String text = """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [ { address = "127.0.0.1", port = %d, tls { certificate = %s, key = %s } } ]
                }
                """.formatted(
                        upstream.getPort(),
                        options.port().number(),
                        ConfigUtil.quoteString(files.certificate().toString()),
                        ConfigUtil.quoteString(files.key().toString()));
        return switch (SettingsReader.read(Sources.ofText("the demo", text))) {
            case Read.Good(Settings settings) -> settings;
            case Read.Bad(var problems) ->
                throw new IllegalStateException("the demo's own configuration is not good: " + problems);
        };
    }

    /** Where https is served. */
    InetSocketAddress address() {
        return proxy.listening().getFirst().address();
    }

    List<String> explanation() {
        String address = "https://localhost:" + address().getPort() + "/";
        return List.of(
                "",
                "The demo of plane-proxy is running. Open this address in a browser on this machine:",
                "",
                "    " + address,
                "",
                "The browser will warn that the connection is not private: the certificate was made a moment ago by this",
                "program itself, so nobody vouches for it. For this demo it is safe to go on (Advanced, then Proceed).",
                "",
                "To try:",
                "  - Open the page in two windows, and type into the notepad: each sees the other's typing, over a",
                "    WebSocket through the proxy, as on a page of Plane.",
                "  - Look at the headers that reached the upstream behind the proxy.",
                "  - Upload a file of more than 10 MB, and see the 413.",
                "",
                "Below are the lines of the access log. Stop with Ctrl+C.",
                "");
    }

    @Override
    public void close() {
        proxy.close();
        end(group, upstream);
    }

    private static void end(EventLoopGroup group, DemoUpstream upstream) {
        upstream.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
