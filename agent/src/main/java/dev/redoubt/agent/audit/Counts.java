package dev.redoubt.agent.audit;

/** What became of clients, and of sockets. Immutable. The proxy's record of that name says what each is. */
final class Counts {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    final long constructed;
    final long closed;
    final long collected;
    final long live;
    final long opened;
    final long sockets;
    final long peakSockets;

    /**
     * @param collected by the garbage collector before anybody had closed them
     * @param opened sockets that were connected; for Lettuce and Redisson whatever was about to be, with no telling how many there are
     */
    Counts(long constructed, long closed, long collected, long live, long opened, long sockets, long peakSockets) {
        this.constructed = constructed;
        this.closed = closed;
        this.collected = collected;
        this.live = live;
        this.opened = opened;
        this.sockets = sockets;
        this.peakSockets = peakSockets;
    }

    /** Clients that nobody closed, those that may still be closed included. */
    long unclosed() {
        return collected + live;
    }

    /** With the counts of others. Peaks are not of the same moment: the sum's is given. */
    Counts plus(Counts other, long peakOfBoth) {
        return new Counts(
                constructed + other.constructed,
                closed + other.closed,
                collected + other.collected,
                live + other.live,
                opened + other.opened,
                sockets + other.sockets,
                peakOfBoth);
    }
}
