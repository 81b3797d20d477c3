/**
 * HTTP messages, proven sane. A {@link io.planeproxy.core.http.RequestHead} or
 * {@link io.planeproxy.core.http.ReplyHead} exists only where its bytes left no doubt about what they mean.
 *
 * <p>Knows HTTP's grammar and the JDK. Does not know sockets, buffers, routes or what is done with a message.
 */
@NullMarked
package io.planeproxy.core.http;

import org.jspecify.annotations.NullMarked;
