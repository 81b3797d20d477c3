package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.Passphrase;
import io.planeproxy.tls.Obstacle;
import io.planeproxy.tls.PosixUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Walks to each file of a certificate, component by component, as the user that runs the proxy. */
final class CertificateFilesCheck implements Check {
    @Override
    public String name() {
        return "certificate-files";
    }

    @Override
    public List<Result> look(Patient patient) {
        List<Path> files = patient.secureListeners().stream()
                .flatMap(listener -> Identities.of(listener.tls()))
                .flatMap(CertificateFilesCheck::files)
                .distinct()
                .toList();
        if (files.isEmpty()) {
            return List.of(Result.skipped("", "no listener has tls"));
        }
        Optional<PosixUser> user = patient.user();
        List<Result> results = new ArrayList<>();
        files.forEach(file -> results.add(walked(file, user)));
        return results;
    }

    private static Stream<Path> files(IdentitySettings identity) {
        Stream<Path> passphrase = switch (identity.passphrase()) {
            case Passphrase.InFile(var file) -> Stream.of(file.value());
            case Passphrase.Given _, Passphrase.None _ -> Stream.of();
        };
        return Stream.concat(
                Stream.of(identity.certificate().value(), identity.key().value()), passphrase);
    }

    private static Result walked(Path file, Optional<PosixUser> user) {
        boolean isThisProcess = user.equals(PosixUser.ofThisProcess());
        Optional<String> obstacle =
                isThisProcess || user.isEmpty() ? Obstacle.forThisProcess(file) : Obstacle.forUser(file, user.get());
        String[] way = Obstacle.way(file).toArray(String[]::new);
        String who = user.map(PosixUser::name).orElse("this user");
        if (obstacle.isEmpty()) {
            return Result.ok(file.toString(), "can be read by " + who, way);
        }
        String[] parts = obstacle.get().split(" To allow it: ", 2);
        return Result.failed(
                file.toString(),
                parts[0],
                parts.length > 1 ? parts[1] : "correct the path, or put the file there",
                way);
    }
}
