package dev.redoubt.proxy.lane;

/** Memory that several owners keep alive together, so that one limit can hold for all of them. Confined to the lane. */
public final class ByteAccount {
    private long bytes;

    /** So many bytes more are kept alive; fewer, if negative. */
    public void add(long change) {
        bytes += change;
    }

    public long bytes() {
        return bytes;
    }
}
