package io.planeproxy.server.settings;

/**
 * What a client may ask of the proxy.
 *
 * @param requestLine largest request line
 * @param fields all header fields of a request together
 * @param fieldCount header fields of a request
 * @param requestsPerConnection after which a client's connection is closed
 * @param connections of all clients at the same time
 * @param connectionsPerAddress of one client address at the same time
 * @param bodyRate bytes a second that a request body must reach
 */
public record Limits(
        ByteSize requestLine,
        ByteSize fields,
        int fieldCount,
        int requestsPerConnection,
        Amount connections,
        Bound connectionsPerAddress,
        Bound bodyRate) {}
