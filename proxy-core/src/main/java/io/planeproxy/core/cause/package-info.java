/**
 * The one closed list of reasons for which an exchange or a tunnel does not end as its peers wished.
 *
 * <p>Knows nothing of HTTP's grammar, of connections or of settings; everything else may name a cause.
 */
@NullMarked
package io.planeproxy.core.cause;

import org.jspecify.annotations.NullMarked;
