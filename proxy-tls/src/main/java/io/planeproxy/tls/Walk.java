package io.planeproxy.tls;

import java.nio.file.Path;
import java.util.List;

/** Where a walk along a path ended. */
sealed interface Walk {
    /** Nothing on the way forbids reading; what is there may still be a directory. */
    record Reached(Path real, FileFacts facts) implements Walk {}

    /** {@code component} is the first that does not exist. */
    record Missing(Path component, List<Link> links) implements Walk {}

    /** {@code component} should be a directory, since the path goes on behind it. */
    record NotADirectory(Path component) implements Walk {}

    record EndlessLinks(Path component) implements Walk {}

    /** Everything on the way that must be opened, as far as could be seen. Never empty. */
    record Denied(List<Denial> denials, List<Link> links) implements Walk {}

    /** The kernel failed in another way. */
    record Unknown(Path component, String reason) implements Walk {}

    record Denial(Path component, Permission lacks, FileFacts facts) {}

    record Link(Path link, Path target) {
        @Override
        public String toString() {
            return link + " -> " + target;
        }
    }
}
