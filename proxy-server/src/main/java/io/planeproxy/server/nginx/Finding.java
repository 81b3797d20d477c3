package io.planeproxy.server.nginx;

/** A directive and what becomes of it. */
record Finding(Directive directive, Verdict verdict) {

    /** In one line: where, what becomes of it, what it is, and how or why. */
    String text() {
        String where = directive.where().text();
        return switch (verdict) {
            case Verdict.Converted(var _, String to) -> line(where, "converted", to);
            case Verdict.Partly(var _, String to, String missing) ->
                line(where, "converted in part", to + "; " + missing);
            case Verdict.NotNeeded(String why) -> line(where, "not needed", why);
            case Verdict.NotSupported(String why) -> line(where, "NOT SUPPORTED", why);
        };
    }

    private String line(String where, String verdict, String words) {
        return where + ": " + verdict + ": " + directive.text() + " — " + words;
    }
}
