package io.planeproxy.server.doctor;

import io.planeproxy.tls.PosixUser;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether whoever runs the proxy may open ports as low as those that are wanted (capabilities(7), ip(7)). */
final class PrivilegedPortsCheck implements Check {
    private static final int LOWEST_WITHOUT = 1024;
    private static final int NET_BIND_SERVICE = 10;
    private static final Pattern EFFECTIVE = Pattern.compile("(?m)^CapEff:\\s*([0-9a-f]+)$");

    @Override
    public String name() {
        return "privileged-ports";
    }

    @Override
    public List<Result> look(Patient patient) {
        int lowest = patient.machine()
                .text("proc/sys/net/ipv4/ip_unprivileged_port_start")
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .orElse(LOWEST_WITHOUT);
        List<String> low = patient.settings().listeners().stream()
                .map(listener -> listener.address().value())
                .filter(address -> !address.port().isAnyFree() && address.port().number() < lowest)
                .map(Object::toString)
                .toList();
        if (low.isEmpty()) {
            return List.of(Result.ok("", "every port is one that any user may open, from " + lowest + " on"));
        }
        String ports = String.join(" and ", low);
        OptionalLong process = patient.process();
        if (process.isPresent()) {
            return List.of(Result.ok(ports, "plane-proxy runs and has them"));
        }
        return List.of(ofUser(ports, lowest, patient));
    }

    private static Result ofUser(String ports, int lowest, Patient patient) {
        Optional<PosixUser> user = patient.user();
        boolean isAnother = patient.order().user().isPresent();
        String name = user.map(PosixUser::name).orElse("?");
        if (user.filter(found -> found.uid() == 0).isPresent() || (!isAnother && hasCapability(patient))) {
            return Result.ok(ports, "below " + lowest + ", and the user " + name + " may open them");
        }
        String fix = "in the unit of systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE, or: sysctl"
                + " net.ipv4.ip_unprivileged_port_start=80";
        return isAnother
                ? Result.warning(
                        ports,
                        "below " + lowest + "; the user " + name + " may open them only with CAP_NET_BIND_SERVICE",
                        fix)
                : Result.failed(
                        ports,
                        "below " + lowest + ", and this process of the user " + name + " lacks CAP_NET_BIND_SERVICE",
                        fix);
    }

    private static boolean hasCapability(Patient patient) {
        Matcher effective =
                EFFECTIVE.matcher(patient.machine().text("proc/self/status").orElse(""));
        return effective.find() && (Long.parseUnsignedLong(effective.group(1), 16) >> NET_BIND_SERVICE & 1) == 1;
    }
}
