package dev.redoubt.proxy.journalfile;

import org.jspecify.annotations.Nullable;

/**
 * The newest state of one key. Immutable as long as nobody writes to its bytes, which nobody does.
 *
 * @param state null: there is none any more
 */
public record Change(byte[] key, byte @Nullable [] state) {}
