package io.planeproxy.server;

import io.planeproxy.server.doctor.CertificateReader;
import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.Located;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.TlsSettings;
import io.planeproxy.tls.Identities;
import io.planeproxy.tls.Loaded;
import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.PemProblem;
import io.planeproxy.tls.ServerIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The identities of every TLS listener of some settings, read from their files and proven. There is no way to one but
 * {@link #load}, so whoever holds it can serve those settings.
 */
public final class Certificates {
    private final Map<TlsSettings, Identities> loaded;
    private final List<Problem> hints;

    private Certificates(Map<TlsSettings, Identities> loaded, List<Problem> hints) {
        this.loaded = Map.copyOf(loaded);
        this.hints = List.copyOf(hints);
    }

    /** What became of the files. */
    public sealed interface Load {
        record Good(Certificates certificates) implements Load {}

        /** @param problems at least one, each at the line of its key */
        record Bad(List<Problem> problems) implements Load {}
    }

    /** Reads all files of all listeners. Blocks on the disk. */
    public static Load load(Settings settings, Instant now) {
        Collector collector = new Collector(now);
        Map<TlsSettings, Identities> loaded = new LinkedHashMap<>();
        for (ListenerSettings listener : settings.listeners()) {
            switch (listener) {
                case ListenerSettings.Secure(var _, TlsSettings tls) -> {
                    List<ServerIdentity> all = collector.all(tls);
                    if (collector.problems.isEmpty()) {
                        loaded.put(tls, new Identities(all.getFirst(), all.subList(1, all.size())));
                    }
                }
                case ListenerSettings.Plain _, ListenerSettings.RedirectToHttps _ -> {}
            }
        }
        return collector.problems.isEmpty()
                ? new Load.Good(new Certificates(loaded, collector.hints))
                : new Load.Bad(collector.problems.stream().distinct().toList());
    }

    /** One of the identities alone, for who looks before anything is served. Blocks on the disk. */
    static CertificateReader.Read read(IdentitySettings identity, Instant now) {
        Collector collector = new Collector(now);
        List<ServerIdentity> read = new ArrayList<>();
        collector.add(identity, read);
        return read.isEmpty()
                ? new CertificateReader.Read.Faulty(List.copyOf(collector.problems))
                : new CertificateReader.Read.Proven(read.getFirst(), List.copyOf(collector.hints));
    }

    private static final class Collector {
        private final Instant now;
        private final List<Problem> problems = new ArrayList<>();
        private final List<Problem> hints = new ArrayList<>();

        Collector(Instant now) {
            this.now = now;
        }

        /** The standard one first; fewer than there are where one has a problem. */
        List<ServerIdentity> all(TlsSettings tls) {
            List<ServerIdentity> all = new ArrayList<>();
            add(tls.standard(), all);
            tls.byName().forEach(identity -> add(identity, all));
            return all;
        }

        private void add(IdentitySettings identity, List<ServerIdentity> all) {
            switch (PassphraseSource.read(identity.passphrase())) {
                case PassphraseSource.Bad(Problem problem) -> problems.add(problem);
                case PassphraseSource.Good(var passphrase) -> {
                    PemFiles files = new PemFiles(
                            identity.certificate().value(), identity.key().value(), passphrase);
                    switch (ServerIdentity.load(files, now)) {
                        case Loaded.Ready<ServerIdentity>(ServerIdentity ready, List<PemProblem> said) -> {
                            all.add(ready);
                            said.forEach(hint -> hints.add(at(identity, hint)));
                        }
                        case Loaded.Rejected<ServerIdentity>(List<PemProblem> faults) ->
                            faults.forEach(fault -> problems.add(at(identity, fault)));
                    }
                }
            }
        }

        private static Problem at(IdentitySettings identity, PemProblem fault) {
            Located<Path> key =
                    fault.file().equals(identity.certificate().value()) ? identity.certificate() : identity.key();
            return key.problem(withoutStop(fault.toString()), "", "");
        }

        private static String withoutStop(String sentence) {
            return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        }
    }

    /** What works but is worth a look. */
    public List<Problem> hints() {
        return hints;
    }

    Identities of(TlsSettings tls) {
        Identities identities = loaded.get(tls);
        if (identities == null) {
            throw new IllegalStateException(
                    "no identities of " + tls + "; expected those of the settings that were loaded");
        }
        return identities;
    }
}
