package dev.redoubt.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses that Redis sees the proxy's own connections come from, as it writes them, for as long as they are open. Confined to the lane. */
public final class OwnAddresses {
    private final Set<String> open = new HashSet<>();

    /** Whether one of the proxy's connections has that address. */
    public boolean contains(String address) {
        return open.contains(address);
    }

    /** That connection's address as Redis told it, which may be another than this machine knows; null where it was denied. */
    void add(Channel channel, @Nullable String seenByRedis) {
        if (seenByRedis != null && open.add(seenByRedis)) {
            channel.closeFuture().addListener(closed -> open.remove(seenByRedis));
        }
    }

    /** The same connector, whose connections are known here from the moment on that they are open. */
    Connector watching(Connector connector) {
        return new Connector() {
            @Override
            public String description() {
                return connector.description();
            }

            @Override
            public void tick(long nowNanos, long silentNanos) {
                connector.tick(nowNanos, silentNanos);
            }

            @Override
            public void connect(ChannelHandler handler, Outcome outcome) {
                connector.connect(handler, new Outcome() {
                    @Override
                    public void connected(Channel channel, String address) {
                        add(channel, localAddress(channel));
                        outcome.connected(channel, address);
                    }

                    @Override
                    public void failed(String cause) {
                        outcome.failed(cause);
                    }
                });
            }
        };
    }

    private static @Nullable String localAddress(Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? NetUtil.toSocketAddressString(inet)
                : null;
    }
}
