package io.planeproxy.server.demo;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The answers in JSON, worded as Plane's own services word theirs. */
final class DemoAnswers {
    private DemoAnswers() {}

    static FullHttpResponse health() {
        String timestamp = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return json(HttpResponseStatus.OK, Map.of("status", "OK", "timestamp", timestamp, "version", "demo"));
    }

    /** The request line and the fields as they arrived here: what the proxy made of the browser's request. */
    static FullHttpResponse headersOf(HttpRequest head) {
        List<List<String>> fields = head.headers().entries().stream()
                .map(field -> List.of(field.getKey(), field.getValue()))
                .toList();
        String requestLine = head.method() + " " + head.uri() + " " + head.protocolVersion();
        return json(HttpResponseStatus.OK, Map.of("requestLine", requestLine, "headers", fields));
    }

    static FullHttpResponse upload(HttpMethod method, long bodyBytes) {
        if (method.equals(HttpMethod.POST)) {
            return json(HttpResponseStatus.OK, Map.of("bytes", bodyBytes));
        }
        FullHttpResponse reply = json(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                Map.of("message", "The method was " + method + "; an upload comes with POST."));
        reply.headers().set(HttpHeaderNames.ALLOW, HttpMethod.POST);
        return reply;
    }

    static FullHttpResponse notFound() {
        return json(HttpResponseStatus.NOT_FOUND, Map.of("message", "Not Found"));
    }

    static FullHttpResponse badRequest() {
        FullHttpResponse reply = json(HttpResponseStatus.BAD_REQUEST, Map.of("message", "Bad Request"));
        reply.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return reply;
    }

    private static FullHttpResponse json(HttpResponseStatus status, Map<String, ?> body) {
        byte[] text = ConfigValueFactory.fromMap(body)
                .render(ConfigRenderOptions.concise())
                .getBytes(StandardCharsets.UTF_8);
        FullHttpResponse reply =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(text));
        reply.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONTENT_LENGTH, text.length);
        return reply;
    }
}
