/** The program as a whole, in this process or as a process of its own. */
@NullMarked
package io.planeproxy.server;

import org.jspecify.annotations.NullMarked;
