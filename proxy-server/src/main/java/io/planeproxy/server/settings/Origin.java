package io.planeproxy.server.settings;

import java.nio.file.Path;

/** Where a value of the configuration stands. {@link #text()} is how an operator sees it. */
public sealed interface Origin {

    /** How messages name the place, for example {@code plane-proxy.conf:7}. */
    String text();

    /**
     * A line of a configuration file.
     *
     * @param file the file as the operator named it
     * @param line counted from 1
     */
    record InFile(Path file, int line) implements Origin {
        @Override
        public String text() {
            return file + ":" + line;
        }
    }

    /** A configuration file as a whole, where no line is to blame. */
    record WholeFile(Path file) implements Origin {
        @Override
        public String text() {
            return file.toString();
        }
    }

    /** An environment variable. */
    record Variable(String name) implements Origin {
        @Override
        public String text() {
            return name;
        }
    }

    /** An option of the command line, with its dashes. */
    record Option(String name) implements Origin {
        @Override
        public String text() {
            return name;
        }
    }

    /** Nothing was given at all: no file, no variable, no option. */
    record Nowhere() implements Origin {
        @Override
        public String text() {
            return "plane-proxy";
        }
    }

    /** A default from the built-in reference. */
    record BuiltIn(int line) implements Origin {
        @Override
        public String text() {
            return "plane-proxy-reference.conf:" + line;
        }
    }
}
