package io.planeproxy.tls;

import io.planeproxy.tls.Walk.Denial;
import io.planeproxy.tls.Walk.Link;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a path cannot be read: which of its components stops which user, and how to open it. */
public final class Obstacle {
    private Obstacle() {}

    /** Why this process cannot read {@code path}; empty when nothing on the path forbids it. */
    public static Optional<String> forThisProcess(Path path) {
        return PosixUser.ofThisProcess().flatMap(user -> describe(path, new Access.OfThisProcess(user)));
    }

    /**
     * Why {@code user} could not read {@code path}, judged by owner, group and mode of each component; for a look ahead
     * by root at what the service's own user will meet.
     */
    public static Optional<String> forUser(Path path, PosixUser user) {
        return describe(path, new Access.ByMode(user));
    }

    /** Every component on the way to {@code path}: owner, group and mode, or where a symbolic link leads. */
    public static List<String> way(Path path) {
        return PosixUser.ofThisProcess()
                .map(user -> PathWalk.steps(path, new Access.OfThisProcess(user)))
                .orElse(List.of());
    }

    private static Optional<String> describe(Path path, Access access) {
        return switch (PathWalk.walk(path, access)) {
            case Walk.Reached reached -> Optional.empty();
            case Walk.Missing(var component, var links) -> Optional.of(missing(path, component, links));
            case Walk.NotADirectory(var component) ->
                Optional.of("cannot be reached: " + component + " is not a directory, but the path goes on behind it."
                        + " Correct the path.");
            case Walk.EndlessLinks(var component) ->
                Optional.of("cannot be reached: the symbolic links at " + component + " lead in a circle."
                        + " Look at it with: namei -l " + quoted(path));
            case Walk.Denied(var denials, var links) -> Optional.of(denied(denials, links, access.user()));
            case Walk.Unknown(var component, var reason) ->
                Optional.of("cannot be read: " + reason + " behind " + component + ", as "
                        + access.user().described() + ". Look at the whole path with: namei -l " + quoted(path));
        };
    }

    private static String missing(Path path, Path component, List<Link> links) {
        var dangling = links.isEmpty() ? "" : " (reached through " + listed(links) + ")";
        var where = component.equals(path.toAbsolutePath())
                ? "does not exist, though its directory " + component.getParent() + " does"
                : "does not exist: " + component + " is the first component of the path that is missing" + dangling;
        return where + ". Correct the path, or put the file there.";
    }

    private static String denied(List<Denial> denials, List<Link> links, PosixUser user) {
        var steps = denials.stream().map(denial -> denied(denial, user)).collect(Collectors.joining("; "));
        var way = links.isEmpty() ? "" : " The path leads through " + listed(links) + ".";
        var fixes = denials.stream().map(denial -> fix(denial, user)).collect(Collectors.joining(" && "));
        var byGroup = denials.stream().map(denial -> fixByGroup(denial, user)).collect(Collectors.joining(" && "));
        var beyondModes = denials.stream().anyMatch(denial -> user.may(denial.lacks(), denial.facts()))
                ? " The mode would allow it: look for SELinux or AppArmor (ls -Z, journalctl -k) or for a sandbox of"
                        + " the service (ProtectHome=, InaccessiblePaths= in its unit)."
                : "";
        return "permission denied for " + user.described() + ": " + steps + "." + way + beyondModes + " To allow it: "
                + fixes + "   or, through the user's group: " + byGroup;
    }

    private static String denied(Denial denial, PosixUser user) {
        return "may not " + denial.lacks().words + " " + denial.component() + " ("
                + denial.facts().described() + "): lacks '" + denial.lacks().letter + "' as "
                + role(denial.facts(), user);
    }

    private static String role(FileFacts facts, PosixUser user) {
        if (facts.uid() == user.uid()) {
            return "its owner";
        }
        return user.gids().contains(facts.gid()) ? "a member of its group" : "one of the others";
    }

    private static String fix(Denial denial, PosixUser user) {
        return "setfacl -m u:" + user.name() + ":" + denial.lacks().letter + " " + quoted(denial.component());
    }

    private static String fixByGroup(Denial denial, PosixUser user) {
        var path = quoted(denial.component());
        if (denial.facts().uid() == user.uid()) {
            return "chmod u+" + denial.lacks().letter + " " + path;
        }
        var member = user.gids().contains(denial.facts().gid());
        return (member ? "" : "chgrp $(id -gn " + user.name() + ") " + path + " && ") + "chmod g+"
                + denial.lacks().letter + " " + path;
    }

    private static String listed(List<Link> links) {
        return links.stream().map(Link::toString).collect(Collectors.joining(", "));
    }

    private static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[\\w./:@+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
