/**
 * The program: {@link io.planeproxy.server.Main}, and the wiring of what the commands do.
 *
 * <p>Knows everything else; nothing else knows it.
 */
@NullMarked
package io.planeproxy.server;

import org.jspecify.annotations.NullMarked;
