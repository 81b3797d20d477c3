package io.planeproxy.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that can be asked and ordered. */
public final class AdminPages {
    private final List<AdminPage> pages;

    /** @throws IllegalArgumentException if two have the same path and verb */
    public AdminPages(List<AdminPage> pages) {
        this.pages = List.copyOf(pages);
        long names = pages.stream().map(AdminPages::name).distinct().count();
        if (names != pages.size()) {
            throw new IllegalArgumentException("two pages for the same: " + names(pages));
        }
    }

    /** What a path and a verb lead to. */
    sealed interface Choice {
        record Found(AdminPage page) implements Choice {}

        record Nowhere(AdminReply.Content reply) implements Choice {}
    }

    Choice choose(String verb, String path) {
        List<AdminPage> there =
                pages.stream().filter(page -> page.path().equals(path)).toList();
        if (there.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of("no such page; there are:"));
            pages.forEach(page -> lines.add("  " + name(page)));
            return new Choice.Nowhere(AdminReply.text(404, lines));
        }
        return there.stream()
                .filter(page -> page.verb().name().equals(verb))
                .findFirst()
                .<Choice>map(Choice.Found::new)
                .orElseGet(() ->
                        new Choice.Nowhere(AdminReply.text(405, "not with " + verb + "; there is: " + names(there))));
    }

    private static String names(List<AdminPage> pages) {
        return pages.stream().map(AdminPages::name).collect(Collectors.joining(", "));
    }

    private static String name(AdminPage page) {
        return page.verb() + " " + page.path();
    }
}
