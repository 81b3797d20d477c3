package io.planeproxy.server.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is said to browsers in replies that do not say it themselves.
 *
 * @param hsts Strict-Transport-Security (RFC 6797), over TLS only
 * @param contentTypeOptions whether X-Content-Type-Options is nosniff
 * @param frameOptions X-Frame-Options
 * @param referrerPolicy Referrer-Policy
 */
public record SecurityHeaders(
        Hsts hsts, ContentTypeOptions contentTypeOptions, FrameOptions frameOptions, ReferrerPolicy referrerPolicy) {
    private static final Pattern POLICIES = Pattern.compile("[a-z]+(-[a-z]+)*(\\s*,\\s*[a-z]+(-[a-z]+)*)*");

    /** Whether browsers are told to come by https from now on. */
    public sealed interface Hsts {

        /** For a year, where https and the redirect to it are both served here. */
        record Automatic() implements Hsts {}

        record Off() implements Hsts {}

        /** @param maxAge at least a second */
        record For(Duration maxAge) implements Hsts {}
    }

    public enum ContentTypeOptions {
        OFF,
        NOSNIFF
    }

    public enum FrameOptions {
        OFF,
        DENY,
        SAMEORIGIN
    }

    /** @param value what the field says, or nothing where it is off */
    public record ReferrerPolicy(Optional<String> value) {
        @Override
        public String toString() {
            return value.orElse("off");
        }
    }

    static Field<SecurityHeaders> read(Section section) {
        Field<Hsts> hsts = section.value("hsts", SecurityHeaders::hsts);
        Field<ContentTypeOptions> types = section.value("content-type-options", SecurityHeaders::contentTypeOptions);
        Field<FrameOptions> frames = section.value("frame-options", SecurityHeaders::frameOptions);
        Field<ReferrerPolicy> referrer = section.value("referrer-policy", SecurityHeaders::referrerPolicy);
        return section.whole(() -> new SecurityHeaders(hsts.value(), types.value(), frames.value(), referrer.value()));
    }

    private static Hsts hsts(String text) throws Unreadable {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "auto" -> new Hsts.Automatic();
            case "off" -> new Hsts.Off();
            default -> {
                Duration maxAge;
                try {
                    maxAge = Durations.parse(text);
                } catch (Unreadable e) {
                    throw new Unreadable("auto, off, or " + e.expected(), e.advice());
                }
                if (maxAge.compareTo(Duration.ofSeconds(1)) < 0) {
                    throw new Unreadable("auto, off, or a duration from 1s on", "");
                }
                yield new Hsts.For(maxAge);
            }
        };
    }

    private static ContentTypeOptions contentTypeOptions(String text) throws Unreadable {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes" -> ContentTypeOptions.NOSNIFF;
            case "off", "false", "no" -> ContentTypeOptions.OFF;
            default -> throw new Unreadable("on or off", "");
        };
    }

    private static FrameOptions frameOptions(String text) throws Unreadable {
        for (FrameOptions option : FrameOptions.values()) {
            if (option.name().equalsIgnoreCase(text.strip())) {
                return option;
            }
        }
        throw new Unreadable("off, DENY or SAMEORIGIN", "");
    }

    private static ReferrerPolicy referrerPolicy(String text) throws Unreadable {
        String policy = text.strip().toLowerCase(Locale.ROOT);
        if (policy.equals("off")) {
            return new ReferrerPolicy(Optional.empty());
        }
        if (!POLICIES.matcher(policy).matches()) {
            throw new Unreadable("off, or a referrer policy", "write for example strict-origin-when-cross-origin");
        }
        return new ReferrerPolicy(Optional.of(policy));
    }
}
