package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layout of certbot, met by a user who is not root. */
final class PathWalkTest {
    private static final PosixUser STRANGER = new PosixUser("plane", 54321, Set.of(54321));

    @TempDir
    Path directory;

    Path live;
    Path archive;
    Path link;
    Path file;

    @BeforeEach
    void certbot() throws Exception {
        directory = directory.toRealPath();
        open(directory);
        live = Files.createDirectories(directory.resolve("live/plane"));
        archive = Files.createDirectories(directory.resolve("archive/plane"));
        Stream.of(live, live.getParent(), archive, archive.getParent()).forEach(PathWalkTest::open);
        file = Files.writeString(archive.resolve("privkey1.pem"), "key");
        mode(file, "rw-r--r--");
        link = Files.createSymbolicLink(live.resolve("privkey.pem"), Path.of("../../archive/plane/privkey1.pem"));
    }

    @Test
    void anOpenPathIsReachedThroughItsLink() {
        assertEquals(Optional.empty(), Obstacle.forUser(link, STRANGER));
        assertTrue(PathWalk.walk(link, new Access.ByMode(STRANGER)) instanceof Walk.Reached(var real, var facts)
                && real.equals(file));
    }

    @Test
    void everyClosedStepIsNamedWithItsOwnerModeAndRepair() throws Exception {
        mode(live.getParent(), "rwx------");
        mode(archive.getParent(), "rwxr-x---");
        mode(file, "rw-------");
        var owner = Files.getOwner(file).getName();
        var said = Obstacle.forUser(link, STRANGER).orElseThrow();
        assertSays(said, "permission denied for user plane (uid 54321, groups 54321)");
        assertSays(said, "may not pass through the directory " + live.getParent() + " (owner " + owner);
        assertSays(said, "mode 0700 (rwx------)): lacks 'x' as one of the others");
        assertSays(said, "may not pass through the directory " + archive.getParent());
        assertSays(said, "may not read the file " + file);
        assertSays(said, link + " -> ../../archive/plane/privkey1.pem");
        assertSays(
                said,
                "setfacl -m u:plane:x " + live.getParent() + " && setfacl -m u:plane:x " + archive.getParent()
                        + " && setfacl -m u:plane:r " + file);
        assertSays(said, "chgrp $(id -gn plane) " + file + " && chmod g+r " + file);
    }

    @Test
    void theGroupsTripletCountsForItsMembersEvenWhereOthersMayMore() throws Exception {
        mode(file, "rw----r--");
        var gid = (Integer) Files.getAttribute(file, "unix:gid");
        var member = new PosixUser("plane", 54321, Set.of(gid));
        var said = Obstacle.forUser(link, member).orElseThrow();
        assertSays(said, "lacks 'r' as a member of its group");
        assertSays(said, "through the user's group: chmod g+r " + file);
        assertEquals(Optional.empty(), Obstacle.forUser(link, STRANGER));
    }

    @Test
    void theOwnersTripletCountsForTheOwner() throws Exception {
        var uid = (Integer) Files.getAttribute(file, "unix:uid");
        var owner = new PosixUser("me", uid == 0 ? 1 : uid, Set.of());
        var facts = new FileFacts(FileFacts.Kind.FILE, owner.uid(), 7, "me", "g", 0077, "---rwxrwx");
        assertEquals(false, owner.may(Permission.READ, facts));
        assertEquals(true, STRANGER.may(Permission.READ, facts));
    }

    @Test
    void modesDoNotBindRoot() throws Exception {
        mode(file, "---------");
        assertEquals(Optional.empty(), Obstacle.forUser(link, new PosixUser("root", 0, Set.of(0))));
    }

    @Test
    void aPathWithSpacesIsQuotedInTheRepair() throws Exception {
        var spaced = Files.writeString(directory.resolve("my key.pem"), "key");
        mode(spaced, "rw-------");
        assertSays(Obstacle.forUser(spaced, STRANGER).orElseThrow(), "u:plane:r '" + spaced + "'");
    }

    @Test
    void theUserOfThisProcessIsKnown() throws Exception {
        Tool.need("id");
        var user = PosixUser.ofThisProcess().orElseThrow();
        assertEquals(Tool.run("id", "-u").trim(), String.valueOf(user.uid()));
        assertEquals(Tool.run("id", "-un").trim(), user.name());
    }

    /** As root modes do not bind, so another process does it as nobody; elsewhere they bind this process too. */
    @Test
    void aProcessThatMayNotPassSaysWhere() throws Exception {
        mode(live, "---------");
        if (PosixUser.ofThisProcess().orElseThrow().uid() == 0) {
            assertSays(
                    asNobody(link),
                    "user nobody (uid 65534, groups 65534): may not pass through the directory " + live);
        } else {
            assertSays(Obstacle.forThisProcess(link).orElseThrow(), "lacks 'x' as its owner");
            open(live);
        }
    }

    private String asNobody(Path path) throws Exception {
        Tool.need("setpriv");
        var classes = directory.resolve("classes");
        copy(
                Path.of(Obstacle.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                classes);
        copy(
                Path.of(PathWalkTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                classes);
        return Tool.run(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.toString(),
                ObstacleMain.class.getName(),
                path.toString());
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var files = Files.walk(from)) {
            for (var one : files.toList()) {
                var target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                    open(target);
                } else {
                    Files.copy(one, target);
                    mode(target, "rw-r--r--");
                }
            }
        }
    }

    private static void open(Path directory) {
        mode(directory, "rwxr-xr-x");
    }

    private static void mode(Path path, String letters) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(letters));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void assertSays(String said, String expected) {
        assertTrue(said.contains(expected), () -> "expected to read\n  " + expected + "\nin\n  " + said);
    }
}
