package dev.redoubt.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelProgressivePromise;

/** One write of log bytes, which knows how many of them the kernel has taken; with TLS, whether it has taken the record that they went into. Confined to the lane. */
final class SliceWrite extends DefaultChannelProgressivePromise {
    private final int bytes;
    private long taken;

    SliceWrite(Channel channel, int bytes) {
        super(channel);
        this.bytes = bytes;
    }

    @Override
    public boolean tryProgress(long progress, long total) {
        taken = progress;
        return true;
    }

    /** Bytes that the kernel has not taken. */
    long left() {
        return isSuccess() ? 0 : bytes - taken;
    }
}
