package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether as many files may be open as there are to be connections: each client may need one to the upstream too. */
final class OpenFilesCheck implements Check {
    private static final Pattern SOFT_LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d{1,18})\\s");
    private static final long FOR_OTHERS = 100;

    /** A thousand people with a page each, and a few files under way. */
    private static final long FEWEST = 4096;

    @Override
    public String name() {
        return "open-files";
    }

    @Override
    public List<Result> look(Patient patient) {
        OptionalLong process = patient.process();
        String who = process.isPresent() ? String.valueOf(process.getAsLong()) : "self";
        Optional<Long> limit = patient.machine().text("proc/" + who + "/limits").flatMap(OpenFilesCheck::limit);
        if (limit.isEmpty()) {
            return List.of(Result.skipped("", "this system does not tell its limit on open files"));
        }
        long needed = switch (patient.settings().limits().connections()) {
            case Amount.Automatic() -> FEWEST;
            case Amount.Exactly(int connections) -> connections * 2L + FOR_OTHERS;
        };
        String whose = process.isPresent() ? "plane-proxy, which runs," : "this process";
        String seen = whose + " may have " + limit.get() + " files open";
        return List.of(
                limit.get() >= needed
                        ? Result.ok("", seen)
                        : Result.warning(
                                "",
                                seen + "; " + needed + " are wanted, two for each connection",
                                "in the unit of systemd: LimitNOFILE=65536, or: ulimit -n 65536"));
    }

    private static Optional<Long> limit(String limits) {
        Matcher soft = SOFT_LIMIT.matcher(limits + "\n");
        return soft.find() ? Optional.of(Long.parseLong(soft.group(1))) : Optional.empty();
    }
}
