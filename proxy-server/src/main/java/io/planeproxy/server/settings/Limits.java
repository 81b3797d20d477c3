package io.planeproxy.server.settings;

/**
 * What a client may ask of the proxy.
 *
 * @param requestLine largest request line
 * @param fields all header fields of a request together
 * @param fieldCount header fields of a request
 * @param requestsPerConnection after which a client's connection is closed
 */
public record Limits(ByteSize requestLine, ByteSize fields, int fieldCount, int requestsPerConnection) {}
