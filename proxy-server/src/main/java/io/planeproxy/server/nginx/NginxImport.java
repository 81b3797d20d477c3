package io.planeproxy.server.nginx;

import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns a site of nginx into a configuration of this proxy, and accounts for every directive. */
public final class NginxImport {
    private NginxImport() {}

    /**
     * What to import.
     *
     * @param file of the site, or nginx's main file
     * @param folder that relative paths start from; where the operator does not name it, that of nginx's main file
     * @param serverName of the site that is wanted, where the file has several
     */
    public record Order(Path file, Optional<Path> folder, Optional<String> serverName) {}

    /** How it went. */
    public sealed interface Result {

        /** @param sentence why the file cannot be read or is no configuration of nginx */
        record Unreadable(String sentence) implements Result {}

        /**
         * @param configuration in HOCON, which the reader of settings takes without a problem; nothing where no server passes on
         *     requests for every path
         * @param account a line for each directive
         * @param unread how many includes could not be read
         */
        record Imported(Optional<String> configuration, List<String> account, Losses losses, int unread)
                implements Result {
            public Imported {
                account = List.copyOf(account);
            }
        }
    }

    /** Whether the new configuration behaves as the old one did. */
    public enum Losses {
        NONE,
        SOME
    }

    public static Result of(Order order) {
        try {
            return of(Source.read(order.file(), order.folder()), order);
        } catch (Source.Unreadable fault) {
            return new Result.Unreadable(fault.sentence());
        }
    }

    static Result of(Source source, Order order) {
        Block whole = Block.of(source);
        Site site = Site.of(whole, Judgement.of(whole, source.includes()), order.serverName());
        Doors doors = Doors.of(site);
        List<Finding> findings = Settlement.of(whole, site, doors);
        List<Finding> losses =
                findings.stream().filter(finding -> finding.verdict().loses()).toList();
        Optional<String> configuration = Draft.of(site, doors).map(text -> header(order, losses) + text);
        configuration.ifPresent(NginxImport::prove);
        return new Result.Imported(
                configuration,
                findings.stream().map(Finding::text).toList(),
                losses.isEmpty() && configuration.isPresent() ? Losses.NONE : Losses.SOME,
                source.unread());
    }

    private static String header(Order order, List<Finding> losses) {
        String lost = losses.stream()
                .map(loss -> "#   " + loss.text().replaceAll("\\p{Cntrl}", " ") + "\n")
                .collect(Collectors.joining());
        return "# Made from the nginx site " + order.file().toString().replaceAll("\\p{Cntrl}", " ") + "\n"
                + (losses.isEmpty() ? "" : "# Not carried over as it was:\n" + lost) + "\n";
    }

    private static void prove(String configuration) {
        if (SettingsReader.read(Sources.ofText("imported", configuration))
                instanceof Read.Bad(List<Problem> problems)) {
            throw new IllegalStateException(
                    "an imported configuration has problems: " + problems + "\n" + configuration);
        }
    }
}
