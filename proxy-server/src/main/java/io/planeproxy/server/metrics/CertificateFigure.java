package io.planeproxy.server.metrics;

import java.time.Instant;

/**
 * A certificate that is in service.
 *
 * @param names whom it is for
 * @param notAfter when it ends
 */
public record CertificateFigure(String names, Instant notAfter) {}
