package io.planeproxy.server;

import io.planeproxy.server.doctor.CertificateReader;
import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.Passphrase;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.TlsSettings;
import io.planeproxy.tls.Identities;
import io.planeproxy.tls.Loaded;
import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.PemProblem;
import io.planeproxy.tls.ServerIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The identities of every TLS listener of some settings, read from their files and proven. There is no way to one but
 * {@link #load}, so whoever holds it can serve those settings.
 */
public final class Certificates {
    private static final String NAME_IT =
            "passphrase-file names the file that has it (or PLANE_PROXY_TLS_PASSPHRASE_FILE, or --tls-passphrase-file)";

    private final Map<IdentitySettings, ServerIdentity> loaded;
    private final List<Problem> hints;

    private Certificates(Map<IdentitySettings, ServerIdentity> loaded, List<Problem> hints) {
        this.loaded = Map.copyOf(loaded);
        this.hints = List.copyOf(hints);
    }

    /** What became of the files. */
    public sealed interface Load {
        record Good(Certificates certificates) implements Load {}

        /** @param problems at least one, each at the line of its key */
        record Bad(List<Problem> problems) implements Load {}
    }

    /** What became of the files of one identity. */
    sealed interface Pair {
        /** @param hints what works but is worth a look */
        record Good(ServerIdentity identity, List<Problem> hints) implements Pair {}

        record Bad(List<Problem> problems) implements Pair {}
    }

    /** Reads all files of all listeners. Blocks on the disk. */
    public static Load load(Settings settings, Instant now) {
        Map<IdentitySettings, ServerIdentity> loaded = new LinkedHashMap<>();
        List<Problem> hints = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        identities(settings).forEach(which -> {
            switch (read(which, now)) {
                case Pair.Good(ServerIdentity identity, List<Problem> said) -> {
                    loaded.put(which, identity);
                    hints.addAll(said);
                }
                case Pair.Bad(List<Problem> faults) -> problems.addAll(faults);
            }
        });
        return problems.isEmpty()
                ? new Load.Good(new Certificates(loaded, hints))
                : new Load.Bad(problems.stream().distinct().toList());
    }

    /** What is wrong with the files of these, whether they can be served together or not. Blocks on the disk. */
    static List<Problem> problems(List<IdentitySettings> identities, Instant now) {
        return identities.stream()
                .flatMap(which -> switch (read(which, now)) {
                    case Pair.Good _ -> Stream.of();
                    case Pair.Bad(List<Problem> faults) -> faults.stream();
                })
                .distinct()
                .toList();
    }

    /** All that some settings name. */
    static Stream<IdentitySettings> identities(Settings settings) {
        return settings.listeners().stream().flatMap(listener -> switch (listener) {
            case ListenerSettings.Secure(var _, TlsSettings tls) -> identities(tls);
            case ListenerSettings.Plain _, ListenerSettings.RedirectToHttps _ -> Stream.of();
        });
    }

    /** The standard one first. */
    private static Stream<IdentitySettings> identities(TlsSettings tls) {
        return Stream.concat(Stream.of(tls.standard()), tls.byName().stream());
    }

    /** Reads the files of one identity. Blocks on the disk. */
    static Pair read(IdentitySettings which, Instant now) {
        return switch (PassphraseSource.read(which.passphrase())) {
            case PassphraseSource.Bad(Problem problem) -> new Pair.Bad(List.of(problem));
            case PassphraseSource.Good(var passphrase) -> {
                PemFiles files =
                        new PemFiles(which.certificate().value(), which.key().value(), passphrase);
                yield switch (ServerIdentity.load(files, now)) {
                    case Loaded.Ready<ServerIdentity>(ServerIdentity ready, List<PemProblem> hints) ->
                        new Pair.Good(ready, at(which, hints));
                    case Loaded.Rejected<ServerIdentity>(List<PemProblem> faults) -> new Pair.Bad(at(which, faults));
                };
            }
        };
    }

    /** The same, for who looks before anything is served. */
    static CertificateReader.Read lookAt(IdentitySettings which, Instant now) {
        return switch (read(which, now)) {
            case Pair.Good(ServerIdentity identity, List<Problem> hints) ->
                new CertificateReader.Read.Proven(identity, hints);
            case Pair.Bad(List<Problem> faults) -> new CertificateReader.Read.Faulty(faults);
        };
    }

    private static List<Problem> at(IdentitySettings which, List<PemProblem> faults) {
        return faults.stream().map(fault -> at(which, fault)).toList();
    }

    private static Problem at(IdentitySettings which, PemProblem fault) {
        String seen = withoutStop(fault.toString());
        return switch (fault.concern()) {
            case CERTIFICATE -> which.certificate().problem(seen, "", "");
            case KEY -> which.key().problem(seen, "", "");
            case PASSPHRASE ->
                switch (which.passphrase()) {
                    case Passphrase.None() -> which.key().problem(seen, "", NAME_IT);
                    case Passphrase.Given(var secret) -> secret.problem(seen, "", "");
                    case Passphrase.InFile(var file) -> file.problem(seen, "", "");
                };
        };
    }

    /** As problems are said. */
    static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** The same, with another pair in one place. */
    Certificates with(IdentitySettings which, ServerIdentity renewed) {
        Map<IdentitySettings, ServerIdentity> next = new HashMap<>(loaded);
        next.put(which, renewed);
        return new Certificates(next, hints);
    }

    /** What works but is worth a look. */
    public List<Problem> hints() {
        return hints;
    }

    Collection<ServerIdentity> identities() {
        return loaded.values();
    }

    Identities of(TlsSettings tls) {
        List<ServerIdentity> all = identities(tls).map(this::loaded).toList();
        return new Identities(all.getFirst(), all.subList(1, all.size()));
    }

    private ServerIdentity loaded(IdentitySettings which) {
        ServerIdentity identity = loaded.get(which);
        if (identity == null) {
            throw new IllegalStateException(
                    "no identity of " + which + "; expected those of the settings that were loaded");
        }
        return identity;
    }
}
