package io.planeproxy.server.nginx;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code proxy_pass}. */
final class ProxyPass {
    private static final Pattern URL = Pattern.compile("(https?)://([^/$]+)(/.*|\\$request_uri)?");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    private ProxyPass() {}

    static Target target(Directive directive, Block block) {
        String written = withVariables(directive.value(), block);
        Matcher url = URL.matcher(written);
        if (!url.matches()) {
            return new Target.Impossible(
                    written.contains("$")
                            ? "the address depends on the request; an upstream has one address"
                            : "only http:// or https:// with a host and a port can be an upstream");
        }
        String uri = Optional.ofNullable(url.group(3)).orElse("");
        if (!keepsPath(uri, block)) {
            return new Target.Impossible("requests keep the path that the client sent, and this puts " + uri
                    + " in the place of the location's");
        }
        String address = UpstreamServers.address(block.whole(), url.group(2)).orElse(url.group(2));
        Target.To target = new Target.To(url.group(1) + "://" + address);
        return target.upstream().refused().<Target>map(Target.Impossible::new).orElse(target);
    }

    /** Those that {@code set} gave a fixed text. */
    private static String withVariables(String text, Block block) {
        return VARIABLE.matcher(text).replaceAll(variable -> {
            String name = Optional.ofNullable(variable.group(1)).orElseGet(() -> variable.group(2));
            return Matcher.quoteReplacement(fixed("$" + name, block).orElseGet(variable::group));
        });
    }

    private static Optional<String> fixed(String variable, Block block) {
        return block.outwards()
                .flatMap(each -> each.own("set").stream())
                .filter(set -> set.arguments().size() == 2)
                .filter(set -> set.arguments().getFirst().equals(variable))
                .map(set -> set.arguments().getLast())
                .filter(value -> !value.contains("$"))
                .findFirst();
    }

    /** With a URI in it, proxy_pass puts that in the place of what the location matched. */
    private static boolean keepsPath(String uri, Block block) {
        return uri.isEmpty()
                || uri.equals("$request_uri")
                || block.opening()
                        .map(Directive::arguments)
                        .filter(arguments ->
                                !arguments.isEmpty() && arguments.getLast().equals(uri))
                        .isPresent();
    }
}
