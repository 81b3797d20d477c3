package io.planeproxy.core.cause;

/**
 * Why the proxy itself answers, or ends, an exchange.
 *
 * @param cause one of the closed list
 * @param detail what was seen here: names the upstream, the limit or the malformed piece; never a secret
 */
public record Refusal(Cause cause, String detail) {}
