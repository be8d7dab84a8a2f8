package dev.redoubt.proxy.status;

import java.util.concurrent.CompletableFuture;

/** Asks the lane for its status. Thread-safe. */
public interface StatusSource {
    /** Completes on the lane, so never if the lane hangs: the caller bounds its wait. The snapshot is the receiver's. */
    CompletableFuture<ProxyStatus> snapshot();
}
