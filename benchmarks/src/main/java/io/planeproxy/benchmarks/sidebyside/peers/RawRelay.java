package io.planeproxy.benchmarks.sidebyside.peers;

/** No proxy of HTTP, but the limit for one: HAProxy in its mode tcp passes bytes on and looks at none of them. */
public record RawRelay() implements Peer {
    @Override
    public String id() {
        return "raw";
    }

    @Override
    public String title() {
        return "raw relay (HAProxy, mode tcp)";
    }

    @Override
    public String version() {
        return new Haproxy().version();
    }

    @Override
    public String program() {
        return "haproxy";
    }

    @Override
    public Start prepare(Site site) {
        return Haproxy.start(site, "  mode tcp\n", "");
    }
}
