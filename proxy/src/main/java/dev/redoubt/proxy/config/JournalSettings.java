package dev.redoubt.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much the journal may hold: it never evicts, so beyond this writes are refused. Immutable.
 *
 * @param dir where it is kept on disk; null: nowhere
 */
public record JournalSettings(
        long maxBytes,
        int maxEntries,
        Duration maxAge,
        @Nullable Path dir,
        JournalFsync fsync) {
    public JournalSettings {
        Require.positive("maxBytes", maxBytes);
        Require.positive("maxEntries", maxEntries);
        Require.positive("maxAge", maxAge);
    }
}
