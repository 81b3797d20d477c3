package io.planeproxy.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** Whose a component of a path is and what its mode allows, the component itself and not what a link points to. */
record FileFacts(Kind kind, int uid, int gid, String owner, String group, int mode, String letters) {
    enum Kind {
        DIRECTORY,
        SYMLINK,
        FILE,
        OTHER
    }

    static FileFacts of(Path path) throws IOException {
        var posix = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        var unix = Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        return new FileFacts(
                kind(posix),
                number(unix, "uid"),
                number(unix, "gid"),
                posix.owner().getName(),
                posix.group().getName(),
                number(unix, "mode") & 07777,
                PosixFilePermissions.toString(posix.permissions()));
    }

    /** An attribute that was asked for by its name, so it is there. */
    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name), name);
    }

    private static Kind kind(PosixFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    }

    /** As {@code ls -l} tells it: {@code owner root, group root, mode 0700 (rwx------)}. */
    String described() {
        return "owner %s, group %s, mode %04o (%s)".formatted(owner, group, mode, letters);
    }
}
