/**
 * The command line: which command, with which options, and what an operator gets to read when either is wrong.
 *
 * <p>Knows picocli and the settings. What the commands do stands behind {@link io.planeproxy.server.cli.Program}; nothing here
 * knows the engine or TLS. Options are texts until the settings are read, so that a value is refused in the same words wherever it
 * came from.
 */
@NullMarked
package io.planeproxy.server.cli;

import org.jspecify.annotations.NullMarked;
