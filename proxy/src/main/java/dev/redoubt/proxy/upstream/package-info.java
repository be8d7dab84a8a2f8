/** Connections to Redis: the server's state, shared connections, leases, handshake and fence. */
@NullMarked
package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.NullMarked;
