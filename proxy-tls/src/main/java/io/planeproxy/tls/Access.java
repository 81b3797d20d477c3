package io.planeproxy.tls;

import java.nio.file.Files;
import java.nio.file.Path;

/** Who walks, and how it is known what they may. */
sealed interface Access {
    PosixUser user();

    boolean may(Permission permission, Path component, FileFacts facts);

    /** This process itself: the kernel is asked, so access lists and security modules count. */
    record OfThisProcess(PosixUser user) implements Access {
        @Override
        public boolean may(Permission permission, Path component, FileFacts facts) {
            return switch (permission) {
                case READ -> Files.isReadable(component);
                case ENTER -> Files.isExecutable(component);
            };
        }
    }

    /** Any other user: judged by owner, group and mode. */
    record ByMode(PosixUser user) implements Access {
        @Override
        public boolean may(Permission permission, Path component, FileFacts facts) {
            return user.may(permission, facts);
        }
    }
}
