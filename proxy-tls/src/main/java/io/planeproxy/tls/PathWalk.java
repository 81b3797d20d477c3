package io.planeproxy.tls;

import io.planeproxy.tls.FileFacts.Kind;
import io.planeproxy.tls.Walk.Denial;
import io.planeproxy.tls.Walk.Link;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Goes along a path as the kernel does, one component after the other and through every symbolic link, and notes where
 * a user would be stopped (path_resolution(7)).
 */
final class PathWalk {
    /** As in Linux (MAXSYMLINKS). */
    private static final int MOST_LINKS = 40;

    private final Access access;
    private final Deque<String> ahead = new ArrayDeque<>();
    private final List<Denial> denials = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private Path here;

    private PathWalk(Path root, Access access) {
        this.here = root;
        this.access = access;
    }

    static Walk walk(Path path, Access access) {
        return along(path, access).toTheEnd();
    }

    /** Every component on the way with its owner and mode, or its target, as far as this process can see. */
    static List<String> steps(Path path, Access access) {
        var walk = along(path, access);
        walk.toTheEnd();
        return List.copyOf(walk.steps);
    }

    private static PathWalk along(Path path, Access access) {
        var absolute = path.toAbsolutePath();
        var walk = new PathWalk(absolute.getRoot(), access);
        walk.putAhead(absolute);
        return walk;
    }

    private Walk toTheEnd() {
        try {
            var facts = FileFacts.of(here);
            while (!ahead.isEmpty()) {
                if (facts.kind() != Kind.DIRECTORY) {
                    return new Walk.NotADirectory(here);
                }
                need(Permission.ENTER, facts);
                facts = step(ahead.removeFirst());
            }
            if (facts.kind() != Kind.DIRECTORY) {
                need(Permission.READ, facts);
            }
            return denials.isEmpty() ? new Walk.Reached(here, facts) : denied();
        } catch (NoSuchFileException missing) {
            return denials.isEmpty() ? new Walk.Missing(Path.of(missing.getFile()), links) : denied();
        } catch (AccessDeniedException behindAClosedDoor) {
            return denials.isEmpty() ? new Walk.Unknown(here, "permission denied") : denied();
        } catch (TooManyLinks endless) {
            return new Walk.EndlessLinks(endless.at);
        } catch (IOException other) {
            return new Walk.Unknown(here, String.valueOf(other.getMessage()));
        }
    }

    private FileFacts step(String name) throws IOException {
        if (name.equals(".")) {
            return FileFacts.of(here);
        }
        if (name.equals("..")) {
            here = here.getParent() == null ? here : here.getParent();
            return FileFacts.of(here);
        }
        var next = here.resolve(name);
        var facts = FileFacts.of(next);
        if (facts.kind() == Kind.SYMLINK) {
            return follow(next);
        }
        steps.add(next + ": " + facts.described());
        here = next;
        return facts;
    }

    private FileFacts follow(Path link) throws IOException {
        var target = Files.readSymbolicLink(link);
        links.add(new Link(link, target));
        steps.add(link + " -> " + target);
        if (links.size() > MOST_LINKS) {
            throw new TooManyLinks(link);
        }
        putAhead(target);
        if (target.isAbsolute()) {
            here = target.getRoot();
        }
        return FileFacts.of(here);
    }

    private void putAhead(Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            ahead.addFirst(path.getName(i).toString());
        }
    }

    private void need(Permission permission, FileFacts facts) {
        var denial = new Denial(here, permission, facts);
        if (!access.may(permission, here, facts) && !denials.contains(denial)) {
            denials.add(denial);
        }
    }

    private Walk denied() {
        return new Walk.Denied(List.copyOf(denials), List.copyOf(links));
    }

    private static final class TooManyLinks extends IOException {
        private static final long serialVersionUID = 1;
        private final transient Path at;

        TooManyLinks(Path at) {
            this.at = at;
        }
    }
}
