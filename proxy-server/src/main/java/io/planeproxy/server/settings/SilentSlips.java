package io.planeproxy.server.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells what HOCON takes without a word though nobody means it, since no value shows what was meant. */
final class SilentSlips {
    private SilentSlips() {}

    /** @param files those that were read, where the source is a file */
    static List<Problem> in(ConfigSource source, List<Path> files, Origins origins) {
        return switch (source) {
            case ConfigSource.None() -> List.of();
            case ConfigSource.Text(String name, String hocon) ->
                Slip.silent(hocon).stream()
                        .map(slip -> problem(slip, new Origin.InFile(Path.of(name), slip.line())))
                        .toList();
            case ConfigSource.File _ ->
                files.stream()
                        .filter(file -> !file.toString().endsWith(".properties"))
                        .flatMap(file -> inFile(file, origins))
                        .toList();
        };
    }

    private static Stream<Problem> inFile(Path file, Origins origins) {
        return ReadFiles.textOf(file).stream()
                .flatMap(hocon -> Slip.silent(hocon).stream())
                .map(slip -> problem(slip, origins.ofLine(file, slip.line())));
    }

    private static Problem problem(Slip slip, Origin where) {
        return new Problem(where, "", slip.seen(), "", slip.advice());
    }
}
