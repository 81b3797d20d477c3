package io.planeproxy.benchmarks;

import io.planeproxy.core.exchange.Effect;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.exchange.Exchange;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Route;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/** The table of an exchange on its usual way, per whole exchange; divide by the number of events for one of them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseCompactObjectHeaders")
@State(Scope.Thread)
public class ExchangeBenchmark {
    private static final int UPLOADED_AT_ONCE = 16 * 1024;

    private final Route route = Samples.route("/", "10.0.0.5", 8080);
    private final RequestHead request = Samples.request(Samples.apiRequest());
    private final RequestHead upload = Samples.request(Samples.uploadRequest());
    private final List<Event> requestEvents = List.of(
            new Event.Leased(Event.Leased.Origin.REUSED), Event.FINAL_REPLY, Event.REPLY_BYTES, Event.REPLY_END);
    private final List<Event> uploadEvents = List.of(
            new Event.Leased(Event.Leased.Origin.REUSED),
            new Event.UploadBytes(UPLOADED_AT_ONCE),
            new Event.UploadBytes(UPLOADED_AT_ONCE),
            new Event.UploadBytes(UPLOADED_AT_ONCE),
            new Event.UploadBytes(UPLOADED_AT_ONCE),
            Event.UPLOAD_END,
            Event.FINAL_REPLY,
            Event.REPLY_END);

    /** 4 events. */
    @Benchmark
    public Exchange smallRequest(Blackhole effects) {
        return run(request, requestEvents, effects);
    }

    /** 8 events, 4 of which count against the body limit. */
    @Benchmark
    public Exchange uploadOf64K(Blackhole effects) {
        return run(upload, uploadEvents, effects);
    }

    private Exchange run(RequestHead head, List<Event> events, Blackhole effects) {
        Exchange state = Exchange.begin(head, route);
        for (Event event : events) {
            Exchange.Step step = Exchange.next(state, event);
            Effect effect = step.effect();
            effects.consume(effect);
            state = step.next();
        }
        return state;
    }
}
