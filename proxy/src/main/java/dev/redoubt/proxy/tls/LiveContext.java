package dev.redoubt.proxy.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;

/** The context that new connections begin with; those that are open keep the one that they began with. Confined to the lane. */
final class LiveContext {
    private SslContext current;
    private boolean closed;

    /** Takes the context. */
    LiveContext(SslContext first) {
        this.current = first;
    }

    /** Borrowed for the moment. */
    SslContext get() {
        return current;
    }

    /** Takes the context. */
    void replace(SslContext fresh) {
        if (closed) {
            ReferenceCountUtil.release(fresh);
        } else {
            ReferenceCountUtil.release(current);
            current = fresh;
        }
    }

    /** No connection begins any more. */
    void close() {
        if (!closed) {
            closed = true;
            ReferenceCountUtil.release(current);
        }
    }
}
