package io.planeproxy.server.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A site with all that it includes, in the place of each include.
 *
 * @param directives every include first, then what its files hold
 * @param includes what became of each include
 * @param folder the one that relative paths start from
 * @param unread how many includes could not be read or hold no configuration
 */
record Source(List<Directive> directives, Map<Directive, Verdict> includes, Path folder, int unread) {
    /** Their lines are data; an include among them holds data as well. */
    static final Set<String> BLOCKS_OF_DATA = Set.of("map", "types", "geo", "split_clients", "charset_map");

    private static final Path DEBIAN = Path.of("/etc/nginx");
    private static final String MAIN_FILE = "nginx.conf";
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_FILES = 1000;

    /** Cannot be read at all, or nginx itself would not understand it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        Unreadable(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /**
     * @param folder of nginx's main file, where the operator names it
     * @throws Unreadable where that is so for the file itself; what it includes is told in {@link #unread()}
     */
    static Source read(Path file, Optional<Path> folder) throws Unreadable {
        List<Directive> own = parse(file);
        Path from = folder.orElseGet(() -> folderOfMainFile(file, own)).toAbsolutePath();
        Reading reading = new Reading(from, file);
        List<Directive> all = reading.expanded(own);
        return new Source(all, reading.includes, from, reading.unread);
    }

    /** Without looking at any other file: an include stays as unread as it was. */
    static Source ofText(Path name, String text) throws SyntaxFault {
        return new Source(Parser.parse(name, text), Map.of(), DEBIAN, 0);
    }

    /** As nginx has it: relative paths start at the main file, whichever file they stand in. */
    private static Path folderOfMainFile(Path file, List<Directive> directives) {
        Path absolute = file.toAbsolutePath();
        if (directives.stream().anyMatch(directive -> directive.name().matches("http|events"))) {
            return absolute.resolveSibling("");
        }
        for (Path folder = absolute.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(MAIN_FILE))) {
                return folder;
            }
        }
        return DEBIAN;
    }

    private static List<Directive> parse(Path file) throws Unreadable {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                throw new Unreadable(file + ": larger than " + (MOST_BYTES >> 20) + " MiB; expected a configuration");
            }
            return Parser.parse(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (SyntaxFault fault) {
            throw new Unreadable(fault.sentence());
        } catch (NoSuchFileException missing) {
            throw new Unreadable(file + ": no such file; expected a configuration of nginx; check the path");
        } catch (IOException failure) {
            throw new Unreadable(file + ": cannot be read ("
                    + failure.getClass().getSimpleName() + "); expected a configuration of nginx that the user "
                    + System.getProperty("user.name") + " may read");
        }
    }

    private static final class Reading {
        private final Path folder;
        private final Map<Directive, Verdict> includes = new IdentityHashMap<>();
        private int unread;
        private final Deque<Path> open = new ArrayDeque<>();
        private int files;

        Reading(Path folder, Path file) {
            this.folder = folder;
            open.push(file.toAbsolutePath().normalize());
        }

        List<Directive> expanded(List<Directive> directives) {
            List<Directive> all = new ArrayList<>();
            for (Directive directive : directives) {
                all.add(BLOCKS_OF_DATA.contains(directive.name()) ? directive : withBody(directive));
                if (directive.name().equals("include")) {
                    all.addAll(included(directive));
                }
            }
            return all;
        }

        private Directive withBody(Directive directive) {
            return directive.body().isEmpty()
                    ? directive
                    : new Directive(
                            directive.where(),
                            directive.name(),
                            directive.arguments(),
                            directive.body().map(this::expanded));
        }

        private List<Directive> included(Directive include) {
            try {
                String name = include.first().orElse("");
                Path path = folder.resolve(name);
                List<Path> found = Glob.isPattern(name) ? Glob.files(path) : List.of(path);
                List<Directive> all = new ArrayList<>();
                for (Path file : found) {
                    all.addAll(one(file));
                }
                includes.putIfAbsent(include, new Verdict.NotNeeded(read(found)));
                return all;
            } catch (InvalidPathException noPath) {
                return failed(include, "this is the name of no file; check the path");
            } catch (Unreadable fault) {
                return failed(include, fault.sentence());
            }
        }

        private List<Directive> one(Path file) throws Unreadable {
            files++;
            if (files > MOST_FILES) {
                throw new Unreadable("more than " + MOST_FILES + " files; name the file of the site alone");
            }
            Path normal = file.normalize();
            if (open.contains(normal)) {
                throw new Unreadable(file + " is included by itself; expected no circle; remove one include of it");
            }
            open.push(normal);
            List<Directive> directives = expanded(parse(file));
            open.pop();
            return directives;
        }

        private static String read(List<Path> found) {
            return switch (found.size()) {
                case 0 -> "no file is there";
                case 1 -> "its lines are judged below as if they stood here";
                default -> "the lines of its " + found.size() + " files are judged below as if they stood here";
            };
        }

        private List<Directive> failed(Directive include, String why) {
            unread++;
            includes.put(include, new Verdict.NotSupported(why));
            return List.of();
        }
    }
}
