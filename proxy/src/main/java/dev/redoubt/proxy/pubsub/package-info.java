/** Subscriptions of all clients over few connections: who is subscribed to what, and what Redis publishes. */
@NullMarked
package dev.redoubt.proxy.pubsub;

import org.jspecify.annotations.NullMarked;
