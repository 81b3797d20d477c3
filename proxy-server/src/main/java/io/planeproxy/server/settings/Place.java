package io.planeproxy.server.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where something of the program's own is to be on the disk. */
public sealed interface Place {

    /** Where systemd or the system has a directory for it; nowhere where neither has. */
    record Automatic() implements Place {
        @Override
        public String toString() {
            return "auto";
        }
    }

    record Off() implements Place {
        @Override
        public String toString() {
            return "off";
        }
    }

    record At(Path path) implements Place {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** @param what stands there, such as "a socket" */
    static Form<Place> of(String what, String example) {
        return text -> {
            if (text.strip().equalsIgnoreCase("auto")) {
                return new Automatic();
            }
            if (text.strip().equalsIgnoreCase("off")) {
                return new Off();
            }
            try {
                if (!text.isBlank()) {
                    return new At(Path.of(text));
                }
            } catch (InvalidPathException noPath) {
                // Told below.
            }
            throw new Unreadable("auto, off, or the path of " + what, "write for example \"" + example + "\"");
        };
    }

    /** A path in a file is relative to the folder of that file. */
    static Located<Place> besideItsFile(Located<Place> place) {
        return place.value() instanceof At(Path path) && place.where() instanceof Origin.InFile(Path file, int _)
                ? new Located<>(new At(file.resolveSibling(path)), place.where(), place.key())
                : place;
    }
}
