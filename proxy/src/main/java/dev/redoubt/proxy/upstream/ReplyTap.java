package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.Entry;
import io.netty.buffer.ByteBuf;

/** Sees what goes by on a shared connection, to keep known values warm. Called on the lane for every run: it must cost next to nothing. */
public interface ReplyTap {
    /** Sees nothing. */
    ReplyTap NONE = new ReplyTap() {
        @Override
        public void onRun(UpstreamKey key, Entry entry, ByteBuf replies, int from, int length) {}

        @Override
        public void onUnseen(UpstreamKey key, Entry entry) {}
    };

    /** A whole run and all its replies. Borrows everything. */
    void onRun(UpstreamKey key, Entry entry, ByteBuf replies, int from, int length);

    /** A run or unit that ended without its replies being at hand in one piece: what it may have changed is not known any more. Borrows everything. */
    void onUnseen(UpstreamKey key, Entry entry);
}
