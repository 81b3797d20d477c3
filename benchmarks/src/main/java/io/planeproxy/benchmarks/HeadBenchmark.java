package io.planeproxy.benchmarks;

import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.LocationRewrite;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.ParsedReply;
import io.planeproxy.core.http.ParsedRequest;
import io.planeproxy.core.http.ReplyHead;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.route.Decision;
import io.planeproxy.core.route.RouteTable;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an exchange costs in heads: read, decided, forwarded, and the same for its reply. No sockets. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseCompactObjectHeaders")
@State(Scope.Thread)
public class HeadBenchmark {
    private static final String UPSTREAM = "10.0.0.5:8080";

    private final ClientFacts facts =
            ClientFacts.of(InetAddress.ofLiteral("192.0.2.7"), Scheme.HTTPS, 443, TrustedProxies.NONE);
    private final RouteTable routes = new RouteTable(
            List.of(
                    Samples.route("/live/", "live", 3000),
                    Samples.route("/api/", "api", 8000),
                    Samples.route("/auth/", "api", 8000),
                    Samples.route("/static/", "api", 8000),
                    Samples.route("/spaces/", "space", 3000),
                    Samples.route("/god-mode/", "admin", 3000),
                    Samples.route("/uploads", "plane-minio", 9000)),
            Samples.route("/", "web", 3000));
    private final byte[] requestOctets = Samples.apiRequest();
    private final byte[] replyOctets = Samples.apiReply();
    private final RequestHead request = Samples.request(requestOctets);
    private final ReplyHead reply = Samples.reply(replyOctets, Intent.PLAIN);

    @Benchmark
    public ParsedRequest parseRequest() {
        return RequestHead.parse(requestOctets, Scheme.HTTPS);
    }

    @Benchmark
    public Decision decide() {
        return routes.decide(request);
    }

    @Benchmark
    public OutboundRequest forwardRequest() {
        RequestId id = RequestId.of(request.fields(), ThreadLocalRandom.current());
        ForwardedIdentity identity = ForwardedIdentity.of(request, facts, TrustedProxies.NONE, id);
        return OutboundRequest.of(request, identity, request.intent(), UPSTREAM);
    }

    @Benchmark
    public ParsedReply parseReply() {
        return ReplyHead.parse(replyOctets, Method.GET, Intent.PLAIN);
    }

    @Benchmark
    public OutboundReply forwardReply() {
        return OutboundReply.of(reply, LocationRewrite.NONE);
    }
}
