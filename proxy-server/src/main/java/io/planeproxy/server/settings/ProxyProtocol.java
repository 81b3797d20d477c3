package io.planeproxy.server.settings;

import java.util.List;

/** Whether a load balancer in front says whose connection it passes on, with the PROXY protocol, version 1 or 2. */
public sealed interface ProxyProtocol {

    /** No connection begins with its header. */
    record Off() implements ProxyProtocol {
        @Override
        public String toString() {
            return "off";
        }
    }

    /** Every connection comes from one of these and begins with the header. */
    record From(List<Cidr> senders) implements ProxyProtocol {
        public From {
            senders = List.copyOf(senders);
        }

        @Override
        public String toString() {
            return senders.toString();
        }
    }

    /** What a listener says. */
    static Field<ProxyProtocol> read(Section section) {
        String key = "proxy-protocol";
        section.asked(key);
        if (!section.given(key) || section.isWord(key, "off")) {
            return new Field.Found<>(new Off());
        }
        if (section.isEmptyList(key)) {
            section.problem(
                    key, "nobody", "off, or whoever may send the header", "write off, or list the load balancer");
            return new Field.Faulty<>();
        }
        Field<List<Cidr>> senders = section.values(key, Cidr::parse, "off, or a list such as [\"10.0.0.0/8\"]");
        return Field.whole(() -> new From(senders.value()));
    }
}
