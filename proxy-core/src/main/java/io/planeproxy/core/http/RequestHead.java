package io.planeproxy.core.http;

import java.util.Optional;
import java.util.Set;

/**
 * A request as received and proven sane. There is no way to make one but {@link #parse}, so that whoever holds one may
 * rely on it: one Host, one meaning of its target, one length of its body.
 */
public final class RequestHead implements ParsedRequest {
    private final Method method;
    private final Target target;
    private final HttpVersion version;
    private final Fields fields;
    private final Optional<Authority> authority;
    private final ConnectionOptions connection;
    private final BodyLength body;
    private final Expectation expectation;
    private final Intent intent;

    RequestHead(
            RequestLine line,
            Fields fields,
            Optional<Authority> authority,
            ConnectionOptions connection,
            BodyLength body,
            Expectation expectation,
            Intent intent) {
        this.method = line.method();
        this.target = line.target();
        this.version = line.version();
        this.fields = fields;
        this.authority = authority;
        this.connection = connection;
        this.body = body;
        this.expectation = expectation;
        this.intent = intent;
    }

    private RequestHead(RequestHead whole, Fields fields) {
        this.method = whole.method;
        this.target = whole.target;
        this.version = whole.version;
        this.fields = fields;
        this.authority = whole.authority;
        this.connection = ConnectionOptions.NOTHING;
        this.body = whole.body;
        this.expectation = whole.expectation;
        this.intent = whole.intent;
    }

    /**
     * What is remembered of it for long, once it has been answered: of its fields only those, so that neither memory nor a cookie
     * is kept for hours; and what it said of its connection no more.
     */
    public RequestHead keeping(Set<KnownField> names) {
        return new RequestHead(this, fields.only(names));
    }

    /**
     * Reads one request head. The limits on its size are the caller's.
     *
     * @param octets the head from its first byte to the end of its empty line; they must not change afterwards
     * @param scheme how the connection came in, which an absolute-form target must fit
     */
    public static ParsedRequest parse(byte[] octets, Scheme scheme) {
        try {
            return RequestParser.parse(octets, scheme);
        } catch (Rejection rejection) {
            return rejection.malformed();
        }
    }

    public Method method() {
        return method;
    }

    public Target target() {
        return target;
    }

    public HttpVersion version() {
        return version;
    }

    public Fields fields() {
        return fields;
    }

    /** The Host; only an HTTP/1.0 request may have none. */
    public Optional<Authority> authority() {
        return authority;
    }

    public ConnectionOptions connection() {
        return connection;
    }

    /** Never {@link BodyLength.UntilClose}. */
    public BodyLength body() {
        return body;
    }

    public Expectation expectation() {
        return expectation;
    }

    public Intent intent() {
        return intent;
    }

    /** Method and path, without query and fields, which may hold secrets. */
    @Override
    public String toString() {
        return method.name() + " " + target;
    }
}
