package dev.redoubt.proxy.upstream;

import io.netty.channel.Channel;
import java.io.IOException;

/**
 * Finds connections to which the way is broken: what is sent is not taken by the other machine. A process that is there and does not answer is another matter ({@link StallWatch}). Confined to the lane.
 */
interface WayWatch {
    /** From now on it is watched, until it is closed. */
    void add(Channel connection);

    /** To be called several times a second; see {@link Connector#tick}. */
    void tick(long nowNanos, long silentNanos);

    /** Ends it as if TCP itself had given it up, so that nobody takes it for the orderly end of a connection. */
    static void end(Channel connection, String why) {
        connection.pipeline().fireExceptionCaught(new Broken(why));
        connection.close();
    }

    /** No stack: nothing here is wrong. */
    final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        private Broken(String why) {
            super(why);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
