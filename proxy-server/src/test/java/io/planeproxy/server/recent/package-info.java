@NullMarked
package io.planeproxy.server.recent;

import org.jspecify.annotations.NullMarked;
