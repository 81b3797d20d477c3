package io.planeproxy.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A user as the kernel sees one. */
public record PosixUser(String name, int uid, Set<Integer> gids) {
    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path GROUPS = Path.of("/etc/group");

    public PosixUser {
        gids = Set.copyOf(gids);
    }

    /** The user of this process; empty where the kernel does not tell (not Linux). */
    public static Optional<PosixUser> ofThisProcess() {
        return ofStatus(Path.of("/proc/self/status"), PosixUser::name);
    }

    /** The user of another process; empty where there is none of that number. */
    public static Optional<PosixUser> ofProcess(long pid) {
        return ofStatus(Path.of("/proc", Long.toString(pid), "status"), PosixUser::nameOf);
    }

    /** A user of this machine with the groups that the files of users and groups list; empty where there is none of that name. */
    public static Optional<PosixUser> named(String name) {
        return entry(USERS, 0, name).map(user -> {
            var gids = Stream.concat(
                            Stream.of(user.get(3)),
                            entries(GROUPS)
                                    .filter(group -> group.size() > 3
                                            && List.of(group.get(3).split(",")).contains(name))
                                    .map(group -> group.get(2)))
                    .map(Integer::parseUnsignedInt)
                    .collect(Collectors.toSet());
            return new PosixUser(name, Integer.parseUnsignedInt(user.get(2)), gids);
        });
    }

    private static Optional<PosixUser> ofStatus(Path status, IntFunction<String> name) {
        try {
            var lines = Files.readAllLines(status);
            int uid = Integer.parseUnsignedInt(
                    words(lines.stream(), "Uid:").skip(1).findFirst().orElseThrow());
            var gids = Stream.concat(words(lines.stream(), "Gid:").skip(1).limit(1), words(lines.stream(), "Groups:"))
                    .map(Integer::parseUnsignedInt)
                    .collect(Collectors.toSet());
            return Optional.of(new PosixUser(name.apply(uid), uid, gids));
        } catch (IOException | RuntimeException notLinux) {
            return Optional.empty();
        }
    }

    private static String nameOf(int uid) {
        var number = Integer.toUnsignedString(uid);
        return entry(USERS, 2, number).map(List::getFirst).orElse(number);
    }

    private static Optional<List<String>> entry(Path file, int column, String value) {
        return entries(file)
                .filter(entry -> entry.size() > 3 && entry.get(column).equals(value))
                .findFirst();
    }

    /** Lines of passwd(5) or group(5), each as its columns. */
    private static Stream<List<String>> entries(Path file) {
        try {
            return Files.readAllLines(file).stream().map(line -> List.of(line.split(":", -1)));
        } catch (IOException noSuchFile) {
            return Stream.of();
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
