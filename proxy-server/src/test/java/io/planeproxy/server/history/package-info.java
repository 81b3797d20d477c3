@NullMarked
package io.planeproxy.server.history;

import org.jspecify.annotations.NullMarked;
