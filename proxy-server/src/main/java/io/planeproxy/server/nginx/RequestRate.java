package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Verdict.NotSupported;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** limit_req and limit_conn, as far as they count by the client's address. */
final class RequestRate {
    private static final Pattern RATE = Pattern.compile("rate=(\\d{1,9})r/([sm])");
    private static final List<String> BY_ADDRESS = List.of("$binary_remote_addr", "$remote_addr");

    private RequestRate() {}

    static Verdict judge(Directive directive, Block block) {
        Optional<Directive> zone = zone(argument(directive, "zone"), "limit_req_zone", block);
        if (zone.filter(RequestRate::isByAddress).isEmpty()) {
            return new NotSupported("requests are counted by the client's address alone");
        }
        return zone.flatMap(RequestRate::perSecond)
                .map(rate -> Rules.to(
                        Value.ofWhole("rate-limit.per-second", rate),
                        Value.ofWhole(
                                "rate-limit.burst", argument(directive, "burst").orElse("0"))))
                .orElseGet(() -> new NotSupported("a whole number of requests a second is the least"));
    }

    static Verdict judgeConnections(Directive directive, Block block) {
        if (directive.arguments().size() != 2
                || zone(directive.first(), "limit_conn_zone", block)
                        .filter(RequestRate::isByAddress)
                        .isEmpty()) {
            return new NotSupported("connections are counted by the client's address alone");
        }
        return Rules.to(Value.ofWhole(
                "limits.connections-per-address", directive.arguments().getLast()));
    }

    private static Optional<Directive> zone(Optional<String> name, String kind, Block block) {
        return block.outwards()
                .flatMap(each -> each.own(kind).stream())
                .filter(zone -> argument(zone, "zone")
                        .map(written -> written.replaceFirst(":.*", ""))
                        .equals(name))
                .findFirst();
    }

    private static boolean isByAddress(Directive zone) {
        return zone.first().filter(BY_ADDRESS::contains).isPresent();
    }

    private static Optional<String> perSecond(Directive zone) {
        return zone.arguments().stream()
                .map(RATE::matcher)
                .filter(Matcher::matches)
                .flatMap(rate -> perSecond(Long.parseLong(rate.group(1)), rate.group(2)))
                .findFirst();
    }

    private static Stream<String> perSecond(long number, String unit) {
        long divisor = unit.equals("m") ? 60 : 1;
        return number % divisor == 0 ? Stream.of(String.valueOf(number / divisor)) : Stream.of();
    }

    private static Optional<String> argument(Directive directive, String name) {
        return directive.arguments().stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst();
    }
}
