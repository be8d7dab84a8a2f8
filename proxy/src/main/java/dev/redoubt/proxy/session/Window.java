package dev.redoubt.proxy.session;

/**
 * How many commands of one session may be in flight. Confined to the lane.
 *
 * <p>It begins small and doubles, as TCP does, because nobody knows how large the replies will be: a client that asks for a thousand values of 1 MB and does not read must not make Redis send
 * all of them at once. Replies that turn out large shrink it.
 */
final class Window {
    private static final int FIRST = 32;

    private final int maxCommands;
    private final long maxReplyBytes;
    private int size;
    private long averageReplyBytes;
    private long partBytes;

    /** @param maxReplyBytes so many bytes of replies may be expected at once */
    Window(int maxCommands, long maxReplyBytes) {
        this.maxCommands = maxCommands;
        this.size = Math.min(FIRST, maxCommands);
        this.maxReplyBytes = maxReplyBytes;
        this.averageReplyBytes = 64;
    }

    /** How many more commands may be sent; zero or less for none. */
    int room(int pending) {
        return size - pending;
    }

    /** Whether so few are in flight that it pays to read on. */
    boolean isLow(int pending) {
        return pending <= size / 2;
    }

    /** So many replies have come, of so many bytes. */
    void onReplies(int count, long bytes, int pendingBefore) {
        long average = bytes / count;
        averageReplyBytes += (average - averageReplyBytes) >> (average > averageReplyBytes ? 1 : 3);
        if (pendingBefore >= size - 1 && size < maxCommands) {
            size = Math.min(2 * size, maxCommands);
        }
        if (averageReplyBytes * size > maxReplyBytes) {
            size = (int) Math.max(1, maxReplyBytes / averageReplyBytes);
        }
    }

    /** A part of one large reply has come. */
    void onReplyPart(int bytes, boolean last, int pendingBefore) {
        partBytes += bytes;
        if (last) {
            onReplies(1, partBytes, pendingBefore);
            partBytes = 0;
        }
    }
}
