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
        Optional<Shorthands.Given> identity = first(
                Shorthand.TLS_CERTIFICATE, Shorthand.TLS_KEY, Shorthand.TLS_PASSPHRASE, Shorthand.TLS_PASSPHRASE_FILE);
        Optional<Shorthands.Given> secureOn = item(Shorthand.TLS_LISTEN);
        Optional<Shorthands.Given> plainOn = item(Shorthand.LISTEN);
        List<Problem> problems = new ArrayList<>();
        secureOn.or(() -> identity).ifPresent(cause -> problems.addAll(missingFiles(cause)));
        if (identity.isPresent() && secureOn.isEmpty()) {
            plainOn.ifPresent(place -> problems.add(noPlaceForHttps(place)));
        }
        Optional<Shorthands.Given> cause = secureOn.or(() -> plainOn).or(() -> identity);
        if (cause.isEmpty()) {
            problems.add(redirectOfNothing(
                    first(Shorthand.REDIRECT_TO_HTTPS, Shorthand.REDIRECT_PORT).orElseThrow()));
        }
        problems.forEach(findings::add);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        List<ConfigValue> listeners = new ArrayList<>();
        Optional<Shorthands.Given> secure = secureOn.or(() -> identity.map(from -> standard(Port.HTTPS, from)));
        secure.ifPresent(place ->
                Overlay.elements(place.text()).forEach(element -> listeners.add(secureListener(element, place))));
        Optional<Shorthands.Given> plain =
                secureOn.isPresent() ? plainOn : plainOn.or(() -> identity.map(from -> standard(Port.HTTP, from)));
        plain.ifPresent(place -> Overlay.elements(place.text())
                .forEach(element -> listeners.add(plainListener(element, place, secure))));
        return Optional.of(
                ConfigValueFactory.fromIterable(listeners, cause.orElseThrow().description()));
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

    private ConfigValue plainListener(String place, Shorthands.Given from, Optional<Shorthands.Given> secure) {
        Map<String, ConfigValue> listener = listener(place, from);
        if (secure.isPresent()) {
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
        item(shorthand)
                .ifPresent(found -> section.put(key, ConfigValueFactory.fromAnyRef(found.text(), found.description())));
    }

    private Optional<Shorthands.Given> item(Shorthand shorthand) {
        return Optional.ofNullable(given.get(shorthand));
    }

    private static Shorthands.Given standard(Port port, Shorthands.Given cause) {
        return new Shorthands.Given(port.toString(), cause.description());
    }

    private List<Problem> missingFiles(Shorthands.Given cause) {
        return Stream.of(Shorthand.TLS_CERTIFICATE, Shorthand.TLS_KEY)
                .filter(file -> item(file).isEmpty())
                .map(file -> problem(
                        cause,
                        "https without " + (file == Shorthand.TLS_KEY ? "a private key" : "a certificate"),
                        file))
                .toList();
    }

    private static Problem noPlaceForHttps(Shorthands.Given plain) {
        String seen = "\"" + plain.text() + "\" for http beside a certificate, and no place for https";
        return problem(plain, seen, Shorthand.TLS_LISTEN);
    }

    private static Problem redirectOfNothing(Shorthands.Given redirect) {
        return problem(
                redirect,
                "\"" + redirect.text() + "\" about redirects, and nothing says where to listen",
                Shorthand.LISTEN);
    }

    private static Problem problem(Shorthands.Given from, String seen, Shorthand missing) {
        String advice = "give " + missing.option() + " or set " + missing.variable();
        return new Problem(Origins.ofDescription(from.description()).orElseThrow(), "", seen, "", advice);
    }

    private Optional<Shorthands.Given> first(Shorthand... items) {
        return Stream.of(items).flatMap(shorthand -> item(shorthand).stream()).findFirst();
    }
}
