@NullMarked
package io.planeproxy.server.pages;

import org.jspecify.annotations.NullMarked;
