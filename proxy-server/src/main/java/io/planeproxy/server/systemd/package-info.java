/**
 * What systemd and the program tell each other: the state of the service (sd_notify(3)), its watchdog, and the listening
 * sockets that systemd holds for it (sd_listen_fds(3)).
 *
 * <p>Knows environment variables, the socket that systemd names in them, and descriptors. Does not know what is served. Without
 * systemd's variables it does nothing.
 */
@NullMarked
package io.planeproxy.server.systemd;

import org.jspecify.annotations.NullMarked;
