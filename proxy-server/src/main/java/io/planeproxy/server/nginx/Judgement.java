package io.planeproxy.server.nginx;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the table says of each directive where it stands, whatever becomes of its block; and the values that come of it. */
final class Judgement {
    private static final Rules EVERYWHERE = everywhere();
    private static final Rules IN_UPSTREAM = new Rules();

    static {
        UpstreamRules.addInnerTo(IN_UPSTREAM);
    }

    private final Map<Directive, Verdict> verdicts = new IdentityHashMap<>();

    private Judgement() {}

    private static Rules everywhere() {
        Rules rules = new Rules();
        WithoutEffect.addTo(rules);
        TlsRules.addTo(rules);
        ClientRules.addTo(rules);
        UpstreamRules.addTo(rules);
        FieldRules.addTo(rules);
        FlowRules.addTo(rules);
        return rules;
    }

    /** @param includes what became of each include */
    static Judgement of(Block whole, Map<Directive, Verdict> includes) {
        Judgement judgement = new Judgement();
        judgement.judge(whole);
        judgement.verdicts.putAll(includes);
        return judgement;
    }

    private void judge(Block block) {
        for (Directive directive : block.directives()) {
            verdicts.put(directive, verdict(directive, block));
            block.inner(directive).ifPresent(this::judge);
        }
    }

    private static Verdict verdict(Directive directive, Block block) {
        return switch (block.kind()) {
            case PROCESS -> new Verdict.NotNeeded("a matter of nginx's own process");
            case UPSTREAM -> byTable(IN_UPSTREAM, directive, block);
            case OTHER -> new Verdict.NotSupported("the block that it stands in is not carried over");
            case WHOLE, HTTP, SERVER, LOCATION, CONDITION -> byTable(EVERYWHERE, directive, block);
        };
    }

    private static Verdict byTable(Rules table, Directive directive, Block block) {
        return table.of(directive.name())
                .map(rule -> rule.judge(directive, block))
                .orElseGet(() -> new Verdict.NotSupported("not known here; see in nginx's documentation what it does"));
    }

    Verdict of(Directive directive) {
        return Optional.ofNullable(verdicts.get(directive))
                .orElseThrow(() -> new IllegalStateException(directive + " was not judged"));
    }

    /** A value with the block that it comes from. */
    record Set(Value value, Block by) {}

    /** What holds in a block, of itself and of the blocks around it. */
    Map<String, Set> inForce(Block block) {
        Map<String, Set> values = new HashMap<>();
        List<Directive> fields = block.inForce("add_header");
        block.outwards()
                .forEach(each -> each.directives().stream()
                        .filter(directive -> isInherited(directive, fields))
                        .flatMap(directive -> of(directive).given().stream())
                        .forEach(value -> values.putIfAbsent(value.key(), new Set(value, each))));
        return values;
    }

    /** proxy_pass never is; all add_header of an outer block end at one of an inner block. */
    private static boolean isInherited(Directive directive, List<Directive> fields) {
        return switch (directive.name()) {
            case "proxy_pass" -> false;
            case "add_header" -> fields.contains(directive);
            default -> true;
        };
    }
}
