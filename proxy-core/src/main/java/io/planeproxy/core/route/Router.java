package io.planeproxy.core.route;

import io.planeproxy.core.http.RequestHead;

/** Decides every request; a listener has one. */
public sealed interface Router permits RouteTable, HttpsRedirect, Traced {
    Decision decide(RequestHead head);
}
