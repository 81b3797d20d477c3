package io.planeproxy.core.kit;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What a {@link ScriptedUpstream} does with one request; it runs on a thread of that connection's own and may block. */
@FunctionalInterface
public interface Script {
    /** Called when the head has been read. A body that the script leaves unread is read and recorded after it returns. */
    void serve(UpstreamExchange exchange) throws IOException;

    /** Reads the whole request, then writes these bytes. */
    static Script reply(String raw) {
        return reply(request -> raw);
    }

    /** Reads the whole request, then writes the bytes made of it. */
    static Script reply(Function<Request, String> raw) {
        return exchange -> exchange.write(raw.apply(exchange.request()));
    }

    /** Reads the whole request, writes these bytes and closes. */
    static Script replyAndClose(String raw) {
        return exchange -> {
            exchange.request();
            exchange.write(raw);
            exchange.close();
        };
    }

    /** 200 with the target of the request as its body, so that replies can be told apart. */
    static Script tellTarget() {
        return reply(request -> ok(request.target()));
    }

    /** Accepts the upgrade and echoes every byte until the peer ends, then ends too. */
    static Script upgradeAndEcho() {
        return exchange -> {
            exchange.switchProtocols();
            exchange.echo();
        };
    }

    /** The first script for the first request of the upstream, and so on; the last serves all that follow. */
    static Script inTurn(Script... scripts) {
        List<Script> order = List.of(scripts);
        AtomicInteger served = new AtomicInteger();
        return exchange ->
                order.get(Math.min(served.getAndIncrement(), order.size() - 1)).serve(exchange);
    }

    /** A whole 200 with this body. */
    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + Wire.bytes(body).length + "\r\n\r\n" + body;
    }
}
