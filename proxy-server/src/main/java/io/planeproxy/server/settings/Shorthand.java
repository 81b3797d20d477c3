package io.planeproxy.server.settings;

import java.util.Locale;

/** What variables and options say about listeners in fewer words than {@code listeners} does. */
enum Shorthand {
    LISTEN,
    TLS_LISTEN,
    TLS_CERTIFICATE,
    TLS_KEY,
    TLS_PASSPHRASE,
    TLS_PASSPHRASE_FILE,
    REDIRECT_TO_HTTPS,
    REDIRECT_PORT;

    String variable() {
        return Shorthands.PREFIX + name();
    }

    String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
