package io.planeproxy.benchmarks.sidebyside;

import java.util.List;

/**
 * What this proxy has to reach.
 *
 * @param limit a factor of the other's figure, or the figure itself where there is no other
 */
record Bar(String load, Figure figure, Against against, double limit) {
    /** Whose figure it is held against. */
    enum Against {
        BEST_PEER("the best of nginx (tuned), HAProxy and Caddy", List.of("nginx", "haproxy", "caddy")),
        NGINX("nginx, tuned", List.of("nginx")),
        GUIDE("nginx with the guide's site", List.of("nginx-guide")),
        NOBODY("", List.of());

        private final String words;
        private final List<String> peers;

        Against(String words, List<String> peers) {
            this.words = words;
            this.peers = peers;
        }

        String words() {
            return words;
        }

        List<String> peers() {
            return peers;
        }
    }

    static final List<Bar> ALL = List.of(
            new Bar("a-tls", Figure.RATE, Against.BEST_PEER, 1.15),
            new Bar("a-tls", Figure.CPU, Against.BEST_PEER, 0.9),
            new Bar("a-tls", Figure.P99, Against.BEST_PEER, 1.0),
            new Bar("a-plain", Figure.RATE, Against.BEST_PEER, 1.05),
            new Bar("b-64k", Figure.RATE, Against.BEST_PEER, 1.0),
            new Bar("b-1m", Figure.RATE, Against.BEST_PEER, 1.0),
            new Bar("c", Figure.RATE, Against.BEST_PEER, 1.0),
            new Bar("d-128-tls", Figure.RATE, Against.BEST_PEER, 1.15),
            new Bar("d-128-plain", Figure.RATE, Against.BEST_PEER, 1.05),
            new Bar("d-16k-tls", Figure.RATE, Against.BEST_PEER, 1.25),
            new Bar("d-16k-plain", Figure.RATE, Against.BEST_PEER, 1.25),
            new Bar("d-16k-tls", Figure.RATE, Against.NGINX, 2.0),
            new Bar("d-16k-plain", Figure.RATE, Against.NGINX, 2.0),
            new Bar("e", Figure.PER_SOCKET, Against.NOBODY, 12),
            new Bar("g", Figure.FIRST_REPLY, Against.NOBODY, 300),
            new Bar("g", Figure.WARM_AFTER, Against.NOBODY, 5),
            new Bar("a-tls", Figure.RATE, Against.GUIDE, 3.0),
            new Bar("a-plain", Figure.RATE, Against.GUIDE, 3.0));

    boolean moreIsBetter() {
        return figure == Figure.RATE;
    }

    boolean isMetBy(double value) {
        return moreIsBetter() ? value >= limit : value <= limit;
    }

    String words() {
        String sign = moreIsBetter() ? "≥ " : "≤ ";
        return against == Against.NOBODY
                ? sign + figure.text(limit)
                : sign + Text.number(limit, 2) + " × " + against.words();
    }
}
