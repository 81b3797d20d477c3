/** What Netty keeps to its own package and this engine cannot do without, where the sockets are io_uring's. */
@NullMarked
package io.netty.channel.uring;

import org.jspecify.annotations.NullMarked;
