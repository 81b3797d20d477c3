package io.planeproxy.server.demo;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The page and the files it is made of, read once from the program itself. */
final class DemoPage {
    // Older Safari does not count a WebSocket to the page's own host as 'self'.
    private static final String POLICY = "default-src 'self'; connect-src 'self' ws: wss:; img-src data:;"
            + " frame-ancestors 'none'; base-uri 'none'";

    private final Map<String, PageFile> files;

    private DemoPage(Map<String, PageFile> files) {
        this.files = files;
    }

    static DemoPage load() {
        return new DemoPage(Map.of(
                "/", PageFile.read("page.html", "text/html; charset=utf-8"),
                "/page.css", PageFile.read("page.css", "text/css; charset=utf-8"),
                "/splice.mjs", PageFile.read("splice.mjs", "text/javascript; charset=utf-8"),
                "/notepad.mjs", PageFile.read("notepad.mjs", "text/javascript; charset=utf-8"),
                "/page.mjs", PageFile.read("page.mjs", "text/javascript; charset=utf-8")));
    }

    /** The answer for a path, if the page has such a file. */
    Optional<FullHttpResponse> file(String path) {
        return Optional.ofNullable(files.get(path)).map(PageFile::reply);
    }

    private record PageFile(byte[] bytes, String type) {
        static PageFile read(String name, String type) {
            try (InputStream in = DemoPage.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("The program lacks its own file " + name
                            + "; it was expected beside DemoPage.class. Build or download it again.");
                }
                return new PageFile(in.readAllBytes(), type);
            } catch (IOException e) {
                throw new UncheckedIOException("The program's own file " + name + " cannot be read", e);
            }
        }

        FullHttpResponse reply() {
            FullHttpResponse reply = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(bytes));
            reply.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, type)
                    .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                    .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
                    .set("X-Content-Type-Options", "nosniff");
            return reply;
        }
    }
}
