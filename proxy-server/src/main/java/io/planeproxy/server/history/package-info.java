/**
 * The configurations that were in service: each with its time, who asked for it, the text of its files and every value.
 *
 * <p>One file for each, in a folder that only its owner may read, since a text may hold a passphrase. The values hold none, so that
 * differences are told by them alone. Does not know how a configuration is put into service.
 */
@NullMarked
package io.planeproxy.server.history;

import org.jspecify.annotations.NullMarked;
