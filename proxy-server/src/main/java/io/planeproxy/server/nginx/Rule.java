package io.planeproxy.server.nginx;

/** What becomes of the directives of a name. */
@FunctionalInterface
interface Rule {

    /** @param block the one that it stands in */
    Verdict judge(Directive directive, Block block);
}
