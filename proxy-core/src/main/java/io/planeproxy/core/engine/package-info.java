/**
 * The engine as a whole, for whoever embeds it: event loops, listeners, and an orderly end.
 *
 * <p>Knows every other package of this module. Does not know certificates, files or commands.
 */
@NullMarked
package io.planeproxy.core.engine;

import org.jspecify.annotations.NullMarked;
