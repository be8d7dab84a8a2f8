package dev.redoubt.proxy.fallback;

/**
 * How far the flight reader is behind, and what it knows.
 *
 * @param unreadSegments sealed and not read yet
 * @param unreadBytes what they take
 * @param lostSegments overwritten unread since the start
 * @param lostBytes what was recorded in them
 * @param skippedReads read commands that were not recorded, because the reader was half a ring behind
 * @param knownEntries keys known
 * @param knownBytes their weight
 */
public record RecorderStats(
        int unreadSegments,
        long unreadBytes,
        long lostSegments,
        long lostBytes,
        long skippedReads,
        long knownEntries,
        long knownBytes) {}
