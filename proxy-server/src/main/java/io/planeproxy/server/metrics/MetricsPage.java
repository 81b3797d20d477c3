package io.planeproxy.server.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page that Prometheus reads, in the format that it asks for. */
public final class MetricsPage {
    private final Metrics metrics;
    private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private final ExpositionFormatWriter open = OpenMetricsTextFormatWriter.builder()
            .setCreatedTimestampsEnabled(false)
            .build();

    public MetricsPage(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * The page, whole.
     *
     * @param contentType what it is, with its version
     */
    public record Content(String contentType, String text) {}

    /**
     * The figures as they are now. Waits up to a second for the event loops, so it is not to be called on one.
     *
     * @param accept the field Accept of the request, or an empty text
     */
    public Content render(String accept) {
        ExpositionFormatWriter writer = open.accepts(accept) ? open : plain;
        ByteArrayOutputStream octets = new ByteArrayOutputStream(32 * 1024);
        try {
            writer.write(octets, metrics.scrape(), EscapingScheme.DEFAULT);
        } catch (IOException fault) {
            throw new UncheckedIOException("writing to memory", fault);
        }
        return new Content(writer.getContentType(), octets.toString(StandardCharsets.UTF_8));
    }
}
