package io.planeproxy.server.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The allow and deny of a block. nginx takes the first that fits; here whoever is denied is denied, and where anybody is
 * allowed, only those are. Most lists mean the same both ways.
 */
final class AccessList {
    private static final List<String> EVERYBODY = List.of("0.0.0.0/0", "::/0");

    private final List<AddressRange> allowed = new ArrayList<>();
    private final List<AddressRange> denied = new ArrayList<>();
    private Rest rest = Rest.ALLOWED;

    /** What becomes of those whom no line names. */
    private enum Rest {
        ALLOWED,
        DENIED
    }

    private AccessList() {}

    static Verdict judge(Directive directive, Block block) {
        AccessList list = new AccessList();
        return list.whyNot(block).<Verdict>map(Verdict.NotSupported::new).orElseGet(() -> list.converted());
    }

    private Optional<String> whyNot(Block block) {
        List<Directive> lines = block.directives().stream()
                .filter(each -> each.name().matches("allow|deny"))
                .toList();
        for (Directive line : lines) {
            boolean denies = line.name().equals("deny");
            String who = line.value();
            if (who.equals("all")) {
                rest = denies ? Rest.DENIED : Rest.ALLOWED;
                return Optional.empty();
            }
            if (who.equals("unix:")) {
                continue;
            }
            Optional<AddressRange> range = AddressRange.parse(who);
            if (range.isEmpty()) {
                return Optional.of("an address or a range is expected; no name is looked up");
            }
            if (denies && allowed.stream().anyMatch(range.get()::overlaps)) {
                return Optional.of(
                        "somebody is allowed here and denied further down; here denied comes first, so say it"
                                + " with ranges that do not overlap");
            }
            (denies ? denied : allowed).add(range.get());
        }
        return Optional.empty();
    }

    private Verdict converted() {
        boolean nobody = rest == Rest.DENIED && allowed.isEmpty();
        List<String> deny = nobody ? EVERYBODY : texts(denied);
        List<String> allow = rest == Rest.DENIED ? texts(allowed) : List.of();
        return Rules.to(
                Value.ofRoute("access.allow", Value.list(allow)), Value.ofRoute("access.deny", Value.list(deny)));
    }

    private static List<String> texts(List<AddressRange> ranges) {
        return ranges.stream().map(AddressRange::toString).distinct().toList();
    }

    /** Whether nobody at all gets past this list. */
    static boolean letsNobodyIn(Block block) {
        return block.has("deny")
                && judge(block.own("deny").getFirst(), block)
                        .given()
                        .contains(Value.ofRoute("access.deny", Value.list(EVERYBODY)));
    }
}
