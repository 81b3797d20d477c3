@NullMarked
package io.planeproxy.server.cli;

import org.jspecify.annotations.NullMarked;
