/**
 * The same requests through Debian's nginx, with the site that guides give for Plane, and through this proxy: the upstream must see the same
 * from both, save for the differences that are listed with their reasons.
 */
@NullMarked
package io.planeproxy.server.parity;

import org.jspecify.annotations.NullMarked;
