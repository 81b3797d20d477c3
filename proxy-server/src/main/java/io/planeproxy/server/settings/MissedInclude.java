package io.planeproxy.server.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An include that brings nothing, because its file is missing or may not be read. HOCON takes that for an empty file. Here it is a
 * problem on purpose: a limit or a listener that was to come from there would be missing without a word.
 *
 * @param what as it stands behind {@code include}
 * @param absolute where it was looked for; nothing for beside the file that has the include
 */
record MissedInclude(String what, Optional<Path> absolute) {

    /** @param files those that were read, one of which has the include */
    Problem problem(List<Path> files, Origins origins) {
        Optional<Place> place =
                files.stream().flatMap(file -> place(file).stream()).findFirst();
        Origin where =
                place.map(found -> origins.ofLine(found.file, found.line)).orElseGet(origins::whole);
        PathWalk.Obstacle obstacle = obstacle(absolute.orElseGet(
                () -> where instanceof Origin.InFile(Path file, int _) ? file.resolveSibling(what) : Path.of(what)));
        return new Problem(where, "", "\"" + what + "\" is not included: " + obstacle.seen(), "", obstacle.advice());
    }

    private record Place(Path file, int line) {}

    private Optional<Place> place(Path file) {
        return ReadFiles.textOf(file).flatMap(text -> {
            Matcher include = Pattern.compile("(?m)^[^#\\n]*include\\s[^\\n]*\"" + Pattern.quote(what) + "\"")
                    .matcher(text);
            return include.find() ? Optional.of(new Place(file, Slip.lineOf(include.start(), text))) : Optional.empty();
        });
    }

    private PathWalk.Obstacle obstacle(Path named) {
        if (what.contains("*")) {
            return new PathWalk.Obstacle("a * stands for nothing here", "include each file by its name");
        }
        if (Files.isRegularFile(named) && !ReadFiles.hasKnownEnding(what)) {
            return new PathWalk.Obstacle(
                    named + ": its name ends in none of " + String.join(", ", ReadFiles.ENDINGS), "rename it");
        }
        Path looked = Files.exists(named)
                ? named
                : ReadFiles.names(named.toString()).map(Path::of).findFirst().orElse(named);
        return PathWalk.whyUnreadable(looked)
                .map(why -> new PathWalk.Obstacle(looked + ": " + why.seen(), why.advice()))
                .orElseGet(() -> new PathWalk.Obstacle(looked + ": it was not there a moment ago", "try again"));
    }
}
