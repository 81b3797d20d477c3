/**
 * How lines get from whoever logs to where they are written, without anybody waiting.
 *
 * <p>Knows Logback. Does not know what the lines say.
 */
@NullMarked
package io.planeproxy.server.logging;

import org.jspecify.annotations.NullMarked;
