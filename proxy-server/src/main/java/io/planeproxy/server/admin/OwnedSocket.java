package io.planeproxy.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix socket that this process has made: mode 0600, in a directory in which nobody else may exchange it.
 *
 * @param uid of its owner, which is the user of this process
 */
record OwnedSocket(Path path, Object identity, long uid) {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy.admin");

    /** The sun_path of unix(7), without its final zero. */
    private static final int LONGEST = 107;

    private static final String TEMPORARY = ".new";
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int STICKY = 01000;
    private static final long ROOT = 0;

    /** Makes the socket listen at a path. */
    interface Binding {
        void bind(Path path) throws IOException;
    }

    /**
     * Made under another name and then moved into its place, so that nobody finds it before its rights are set, and so that one
     * that is left over is exchanged at once.
     *
     * @throws IOException with a sentence for the operator
     */
    static OwnedSocket at(Path path, Binding binding) throws IOException {
        Path place = path.toAbsolutePath().normalize();
        Path temporary = place.resolveSibling(place.getFileName() + TEMPORARY);
        if (temporary.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new IOException(place + ": too long for a socket; expected at most " + (LONGEST - TEMPORARY.length())
                    + " bytes; choose a shorter path");
        }
        checkDirectory(place);
        checkFree(place);
        Files.deleteIfExists(temporary);
        binding.bind(temporary);
        try {
            OwnedSocket made = new OwnedSocket(place, identity(temporary), uid(temporary));
            checkOwnerOfDirectory(made);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void checkDirectory(Path place) throws IOException {
        Path directory = directory(place);
        if (!Files.isDirectory(directory)) {
            throw new IOException(place + ": there is no directory " + directory + "; expected one that only the user "
                    + System.getProperty("user.name") + " may write to; make it, or let systemd make it with"
                    + " RuntimeDirectory=");
        }
        if (!Files.isWritable(directory)) {
            throw new IOException(place + ": the user " + System.getProperty("user.name") + " may not write to "
                    + directory + "; expected a directory of its own; choose another, or: chown "
                    + System.getProperty("user.name") + " " + directory);
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(directory);
        boolean others =
                rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE);
        if (others && (mode(directory) & STICKY) == 0) {
            throw new IOException(place + ": others may write to " + directory
                    + " and could put a socket of their own in its place; expected a directory for its owner alone;"
                    + " choose another, or: chmod go-w " + directory);
        }
    }

    private static void checkOwnerOfDirectory(OwnedSocket made) throws IOException {
        Path directory = directory(made.path);
        long owner = uid(directory);
        if (owner != made.uid && owner != ROOT) {
            throw new IOException(made.path + ": " + directory + " belongs to uid " + owner
                    + ", who could put another socket in its place; expected a directory of the user "
                    + System.getProperty("user.name") + " or of root; choose another");
        }
    }

    private static Path directory(Path place) {
        return Optional.ofNullable(place.getParent()).orElse(place);
    }

    private static void checkFree(Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if ((mode(place) & TYPE) != SOCKET) {
            throw new IOException(place + ": is there already and is no socket; expected none, or one that a process"
                    + " left behind; choose another path, or remove it");
        }
        if (new AdminClient(place).obstacle().isEmpty()) {
            throw new IOException(place + ": another process answers there; expected only one plane-proxy with this"
                    + " socket; end that one, let this one take its place with run --replace, or choose another path in"
                    + " admin.socket");
        }
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    private static long uid(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:uid")).longValue();
    }

    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** Takes the file away, unless another has taken its place. */
    void remove() {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && identity(path).equals(identity)) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            LOG.warn("the socket {} could not be removed: {}; it does no harm", path, stays.getMessage());
        }
    }
}
