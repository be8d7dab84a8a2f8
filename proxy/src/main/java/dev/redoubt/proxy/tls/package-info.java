/**
 * TLS to Redis and for clients: PEM files become contexts, contexts are replaced when the files change, handshakes end in "secured" or in a reason that people understand
 * (docs/tls.md).
 */
@NullMarked
package dev.redoubt.proxy.tls;

import org.jspecify.annotations.NullMarked;
