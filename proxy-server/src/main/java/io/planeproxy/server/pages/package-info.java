/**
 * What can be asked and ordered at the admin endpoint: one class for each page.
 *
 * <p>Knows how pages are made and what settings are. What a page tells of or orders comes in as a function, so nothing here knows
 * what serves.
 */
@NullMarked
package io.planeproxy.server.pages;

import org.jspecify.annotations.NullMarked;
