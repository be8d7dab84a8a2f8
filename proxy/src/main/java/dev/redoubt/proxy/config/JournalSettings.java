package dev.redoubt.proxy.config;

/** How much the journal may hold: it never evicts, so beyond this writes are refused. Immutable. */
public record JournalSettings(long maxBytes, int maxEntries) {
    public JournalSettings {
        Require.positive("maxBytes", maxBytes);
        Require.positive("maxEntries", maxEntries);
    }
}
