package dev.redoubt.proxy.lane;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Keeps every socket in epoll's set for as long as it is open. Netty 4.2.18 takes one out that has no event left to wait for, which
 * is so once a client has closed its half of the connection, and then cannot wait for the client to take its replies: the next
 * change fails with ENOENT, and the connection ends with replies unsent. So there is always one event: EPOLLERR, which the kernel
 * reports whether it is asked for or not. Confined to the loop.
 */
final class EpollStay implements IoHandler {
    private final IoHandler epoll;

    private EpollStay(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory factory(IoHandlerFactory epoll) {
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new EpollStay(epoll.newHandler(executor));
            }
        };
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration(epoll.register(handle));
    }

    private record Registration(IoRegistration inEpoll) implements IoRegistration {
        @Override
        public long submit(IoOps events) {
            return inEpoll.submit(events instanceof EpollIoOps some ? some.with(EpollIoOps.EPOLLERR) : events);
        }

        @Override
        public <T> T attachment() {
            return inEpoll.attachment();
        }

        @Override
        public boolean isValid() {
            return inEpoll.isValid();
        }

        @Override
        public boolean cancel() {
            return inEpoll.cancel();
        }
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return epoll.isCompatible(type);
    }
}
