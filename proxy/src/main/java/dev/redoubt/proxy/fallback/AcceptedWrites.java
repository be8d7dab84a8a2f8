package dev.redoubt.proxy.fallback;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Acknowledged writes as commands see and make them: the {@link Journal}, or a {@link JournalDraft} of it. Confined to the lane's event loop. */
interface AcceptedWrites {
    @Nullable
    JournalEntry find(StoreKey key);

    /** Whether what this entry holds may be changed in place. */
    boolean owns(JournalEntry entry);

    /** Whether Redis is to hear of what {@link #find} gave. */
    boolean isForUpstream(JournalEntry entry);

    /**
     * The caller has made sure that there is room.
     *
     * @param found what {@link #find} gives for the key now, so that it is not looked up once more
     */
    void accept(StoreKey key, @Nullable JournalEntry found, Seen seenIfNew, EntryState state, long nowMillis);

    /** The same for what Redis is not to hear of. */
    void acceptLocal(StoreKey key, EntryState state, long nowMillis);

    void remove(StoreKey key);

    void removeAllIn(int db);

    void removeAll();

    void forEachIn(int db, Consumer<JournalEntry> visitor);

    boolean hasRoomFor(long moreBytes, int moreEntries);

    /** Gives back what entries whose time has passed keep alive, if that can be done now. */
    void sweepExpired(long nowMillis);

    @Nullable
    JournalEntry oldest();

    int size();

    long bytes();

    long maxBytes();
}
