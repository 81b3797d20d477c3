package io.planeproxy.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A user as the kernel sees one. */
public record PosixUser(String name, int uid, Set<Integer> gids) {
    private static final Path STATUS = Path.of("/proc/self/status");

    public PosixUser {
        gids = Set.copyOf(gids);
    }

    /** The user of this process; empty where the kernel does not tell (not Linux). */
    public static Optional<PosixUser> ofThisProcess() {
        try {
            var lines = Files.readAllLines(STATUS);
            int uid = Integer.parseUnsignedInt(
                    words(lines.stream(), "Uid:").skip(1).findFirst().orElseThrow());
            var gids = Stream.concat(words(lines.stream(), "Gid:").skip(1).limit(1), words(lines.stream(), "Groups:"))
                    .map(Integer::parseUnsignedInt)
                    .collect(Collectors.toSet());
            return Optional.of(new PosixUser(name(uid), uid, gids));
        } catch (IOException | RuntimeException notLinux) {
            return Optional.empty();
        }
    }

    /** Java asks for the name of the real uid; in a container there may be none, and commands take the number as well. */
    private static String name(int uid) {
        var name = System.getProperty("user.name", "?");
        return name.equals("?") ? Integer.toUnsignedString(uid) : name;
    }

    /** By the mode bits alone: access lists, capabilities other than root's and SELinux are not seen. */
    boolean may(Permission permission, FileFacts facts) {
        if (uid == 0) {
            return true;
        }
        int shift = facts.uid() == uid ? 6 : gids.contains(facts.gid()) ? 3 : 0;
        return (facts.mode() >> shift & permission.bit) != 0;
    }

    String described() {
        return "user %s (uid %s, groups %s)"
                .formatted(
                        name,
                        Integer.toUnsignedString(uid),
                        gids.stream().sorted().map(Integer::toUnsignedString).collect(Collectors.joining(" ")));
    }

    private static Stream<String> words(Stream<String> lines, String key) {
        return lines.filter(line -> line.startsWith(key))
                .flatMap(line ->
                        Arrays.stream(line.substring(key.length()).trim().split("\\s+")))
                .filter(word -> !word.isEmpty());
    }
}
