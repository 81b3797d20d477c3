package io.planeproxy.core.exchange;

import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.RequestHead;

/** A request that the proxy says something about, and the name by which it is found in the logs. */
public record Asked(RequestHead head, RequestId id) {}
