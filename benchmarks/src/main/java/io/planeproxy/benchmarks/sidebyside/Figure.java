package io.planeproxy.benchmarks.sidebyside;

/** What is measured. */
enum Figure {
    RATE("per second", 0),
    P50("p50, µs", 0),
    P99("p99, µs", 0),
    CPU("CPU, µs each", 1),
    WAITED("waited for the core", 1),
    MEMORY("memory, MiB", 0),
    PER_SOCKET("KiB per socket", 1),
    FIRST_REPLY("first reply, ms", 0),
    WARM_AFTER("80 % of the rate after, s", 1),
    PROXY_CORE("proxy's core", 0),
    LOAD_CORE("load's core", 0);

    private final String title;
    private final int decimals;

    Figure(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    String title() {
        return title;
    }

    String text(double value) {
        return switch (this) {
            case PROXY_CORE, LOAD_CORE, WAITED -> Text.number(value * 100, decimals) + " %";
            case RATE -> Text.number(value, value < 100 ? 1 : 0);
            case P50, P99, CPU, MEMORY, PER_SOCKET, FIRST_REPLY, WARM_AFTER -> Text.number(value, decimals);
        };
    }
}
