package io.planeproxy.server.settings;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the list of listeners out of what variables and options say:
 *
 * <ul>
 *   <li>a certificate and nothing else: https on 443, and 80 redirects there;
 *   <li>places to listen on, and no certificate: http on them;
 *   <li>places for TLS: https on them, and those for http, where there are some, redirect there unless told otherwise.
 * </ul>
 *
 * A certificate with places for http only is refused, because half of the readers would expect https on them.
 */
final class ListenersOverlay {
    private final Map<Shorthand, Shorthands.Given> given;

    private ListenersOverlay(Map<Shorthand, Shorthands.Given> given) {
        this.given = given;
    }

    /** The list, or nothing where neither says anything about listeners. */
    static Optional<ConfigValue> of(Map<Shorthand, Shorthands.Given> given, Findings findings) {
        return given.isEmpty() ? Optional.empty() : new ListenersOverlay(given).listeners(findings);
    }

    private Optional<ConfigValue> listeners(Findings findings) {
        Optional<Shorthands.Given> identity = Stream.of(
                        Shorthand.TLS_CERTIFICATE, Shorthand.TLS_KEY, Shorthand.TLS_PASSPHRASE, Shorthand.TLS_PASSPHRASE_FILE)
                .flatMap(item -> item(item).stream())
                .findFirst();
        Optional<Shorthands.Given> secureOn = item(Shorthand.TLS_LISTEN);
        Optional<Shorthands.Given> plainOn = item(Shorthand.LISTEN);
        if (identity.isPresent() && plainOn.isPresent() && secureOn.isEmpty()) {
            findings.add(whichOfThemSpeaksTls(plainOn.get()));
            return Optional.empty();
        }
        boolean secure = identity.isPresent() || secureOn.isPresent();
        List<ConfigValue> listeners = new ArrayList<>();
        if (secure) {
            Shorthands.Given place = secureOn.orElseGet(() -> standard(Port.HTTPS, identity.orElseThrow()));
            Overlay.elements(place.text()).forEach(element -> listeners.add(secureListener(element, place)));
        }
        if (plainOn.isPresent() || secureOn.isEmpty()) {
            Shorthands.Given place = plainOn.orElseGet(
                    () -> standard(Port.HTTP, given.values().iterator().next()));
            Overlay.elements(place.text()).forEach(element -> listeners.add(plainListener(element, place, secure)));
        }
        return Optional.of(ConfigValueFactory.fromIterable(
                listeners, secureOn.or(() -> plainOn).or(() -> identity).orElseGet(() -> given.values().iterator().next()).description()));
    }

    private ConfigValue secureListener(String place, Shorthands.Given from) {
        Map<String, ConfigValue> tls = new LinkedHashMap<>();
        put(tls, "certificate", Shorthand.TLS_CERTIFICATE);
        put(tls, "key", Shorthand.TLS_KEY);
        put(tls, "passphrase", Shorthand.TLS_PASSPHRASE);
        put(tls, "passphrase-file", Shorthand.TLS_PASSPHRASE_FILE);
        Map<String, ConfigValue> listener = listener(place, from);
        listener.put("tls", ConfigValueFactory.fromMap(tls, from.description()));
        return ConfigValueFactory.fromMap(listener, from.description());
    }

    private ConfigValue plainListener(String place, Shorthands.Given from, boolean besideSecure) {
        Map<String, ConfigValue> listener = listener(place, from);
        if (besideSecure) {
            listener.put("redirect-to-https", ConfigValueFactory.fromAnyRef("true", from.description()));
        }
        put(listener, "redirect-to-https", Shorthand.REDIRECT_TO_HTTPS);
        put(listener, "redirect-port", Shorthand.REDIRECT_PORT);
        return ConfigValueFactory.fromMap(listener, from.description());
    }

    /** {@code 8080}, {@code 127.0.0.1:8080}, {@code [::1]:8080}. What is none of these becomes a port that the reader refuses. */
    private static Map<String, ConfigValue> listener(String place, Shorthands.Given from) {
        Map<String, ConfigValue> listener = new LinkedHashMap<>();
        int colon = place.lastIndexOf(':');
        if (colon > 0) {
            listener.put("address", ConfigValueFactory.fromAnyRef(place.substring(0, colon), from.description()));
        }
        listener.put("port", ConfigValueFactory.fromAnyRef(place.substring(colon + 1), from.description()));
        return listener;
    }

    private void put(Map<String, ConfigValue> section, String key, Shorthand shorthand) {
        item(shorthand).ifPresent(found -> section.put(key, ConfigValueFactory.fromAnyRef(found.text(), found.description())));
    }

    private Optional<Shorthands.Given> item(Shorthand shorthand) {
        return Optional.ofNullable(given.get(shorthand));
    }

    private static Shorthands.Given standard(Port port, Shorthands.Given cause) {
        return new Shorthands.Given(port.toString(), cause.description());
    }

    private static Problem whichOfThemSpeaksTls(Shorthands.Given plain) {
        String seen = "\"" + plain.text() + "\" for http beside a certificate, and no place for https";
        String advice = "say where to serve https, with " + Shorthand.TLS_LISTEN.option() + " or "
                + Shorthand.TLS_LISTEN.variable();
        return new Problem(Origins.ofDescription(plain.description()).orElseThrow(), "", seen, "", advice);
    }
}
