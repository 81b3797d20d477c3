package io.planeproxy.core.oracle;

import io.planeproxy.core.relay.ExchangeRecord;
import java.util.List;

/**
 * What became of the bytes of one client.
 *
 * @param steps what the proxy did, in order
 * @param afterRefusal what it still did with an ordinary request behind a refusal
 * @param upstreams what arrived on each upstream connection, one character a byte
 * @param toClient all that the client was sent
 */
record Run(List<Step> steps, List<Step> afterRefusal, List<String> upstreams, String toClient) {

    /** The exchanges that were forwarded, as they were logged. */
    List<ExchangeRecord> logged() {
        return steps.stream()
                .filter(Step.Logged.class::isInstance)
                .map(step -> ((Step.Logged) step).exchange())
                .filter(exchange -> exchange.upstream().isPresent())
                .toList();
    }

    long forwarded() {
        return steps.stream().filter(Step.Forwarded.class::isInstance).count();
    }
}
