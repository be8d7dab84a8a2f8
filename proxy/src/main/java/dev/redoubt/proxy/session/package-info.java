/** Clients' connections: what they said, what state they are in, and what they are owed. */
@NullMarked
package dev.redoubt.proxy.session;

import org.jspecify.annotations.NullMarked;
