/** The queue between who logs and who writes. */
@NullMarked
package io.planeproxy.server.logging;

import org.jspecify.annotations.NullMarked;
