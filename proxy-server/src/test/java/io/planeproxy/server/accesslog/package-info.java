/** What the access log says of what happened on real sockets. */
@NullMarked
package io.planeproxy.server.accesslog;

import org.jspecify.annotations.NullMarked;
