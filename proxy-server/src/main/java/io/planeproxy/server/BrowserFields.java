package io.planeproxy.server;

import io.planeproxy.core.forward.AddedFields;
import io.planeproxy.core.http.FieldName;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.SecurityHeaders;
import io.planeproxy.server.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the settings tell browsers beside the upstream's reply. */
final class BrowserFields {
    private static final Duration YEAR = Duration.ofDays(365);

    private BrowserFields() {}

    /** @param scheme how clients come to the listener */
    static AddedFields of(Settings settings, Scheme scheme) {
        SecurityHeaders headers = settings.securityHeaders();
        List<AddedFields.Added> fields = new ArrayList<>();
        switch (scheme) {
            case HTTPS ->
                maxAge(settings)
                        .ifPresent(age -> fields.add(field("Strict-Transport-Security", "max-age=" + age.toSeconds())));
            // RFC 6797 section 7.2: never over plain http.
            case HTTP -> {}
        }
        switch (headers.contentTypeOptions()) {
            case NOSNIFF -> fields.add(field("X-Content-Type-Options", "nosniff"));
            case OFF -> {}
        }
        switch (headers.frameOptions()) {
            case DENY, SAMEORIGIN ->
                fields.add(field("X-Frame-Options", headers.frameOptions().name()));
            case OFF -> {}
        }
        headers.referrerPolicy().value().ifPresent(policy -> fields.add(field("Referrer-Policy", policy)));
        return new AddedFields(fields);
    }

    private static Optional<Duration> maxAge(Settings settings) {
        return switch (settings.securityHeaders().hsts()) {
            case SecurityHeaders.Hsts.Off() -> Optional.empty();
            case SecurityHeaders.Hsts.For(Duration maxAge) -> Optional.of(maxAge);
            case SecurityHeaders.Hsts.Automatic() -> redirectsHere(settings) ? Optional.of(YEAR) : Optional.empty();
        };
    }

    private static boolean redirectsHere(Settings settings) {
        return settings.listeners().stream().anyMatch(ListenerSettings.RedirectToHttps.class::isInstance);
    }

    private static AddedFields.Added field(String name, String value) {
        return new AddedFields.Added(FieldName.of(name), value);
    }
}
