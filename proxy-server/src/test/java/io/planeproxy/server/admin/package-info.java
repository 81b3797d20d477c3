@NullMarked
package io.planeproxy.server.admin;

import org.jspecify.annotations.NullMarked;
