package dev.redoubt.proxy.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What tells one connection from all others, on the server's side: enough to fence it. A client's id begins at 1 again with every run of the server, so the id means nothing without the run.
 * Immutable.
 *
 * @param clientId CLIENT ID; -1 where it was denied
 * @param clientAddress this connection's address as the server sees it (CLIENT INFO); null where it was denied
 * @param run the run of the server that it belongs to
 */
public record Identity(long clientId, @Nullable String clientAddress, ServerRun run) {}
