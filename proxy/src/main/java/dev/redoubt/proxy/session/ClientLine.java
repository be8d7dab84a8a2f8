package dev.redoubt.proxy.session;

import dev.redoubt.proxy.pubsub.Kind;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * One client as CLIENT LIST shows it: the fields of {@code catClientInfoString} in networking.c of Redis 7.0.15, in its order, about the proxy's client. Pure functions, for the lane.
 *
 * <p>Some speak of what only Redis has: rbs, rbp and obl are 0, as a reply has no fixed buffer here, and tot-mem is what is kept alive for the client plus {@link #SESSION_BYTES}.
 */
final class ClientLine {
    /** What an idle client costs (docs/benchmarks.md). */
    private static final int SESSION_BYTES = 4 * 1024;

    private ClientLine() {}

    /** What the client's own command, which is being answered, has of its query buffer. */
    record Query(int bytes, int argumentBytes) {
        static final Query NONE = new Query(0, 0);

        static Query of(Command command) {
            int sum = 0;
            for (byte[] argument : command.arguments()) {
                sum += argument.length;
            }
            return new Query(command.length(), sum);
        }
    }

    /** Appends it, without a line end. */
    static void append(StringBuilder out, ClientSession client, long nowNanos, Query query) {
        ClientProfile profile = client.profile();
        Channel channel = client.channel();
        field(out, "id", client.id());
        field(out, "addr", address(channel));
        field(out, "laddr", localAddress(channel));
        field(out, "fd", channel instanceof UnixChannel unix ? unix.fd().intValue() : -1);
        field(out, "name", profile.state().name());
        field(out, "age", profile.ageSeconds(nowNanos));
        field(out, "idle", profile.idleSeconds(nowNanos));
        field(out, "flags", flags(client));
        field(out, "db", profile.state().key().database());
        subscriptions(out, profile.dispatcher().subscriptions());
        memory(out, client, query);
        field(out, "events", events(client));
        field(out, "cmd", profile.lastCommand());
        field(out, "user", profile.state().user());
        field(out, "redir", profile.dispatcher().tracker().redirect());
        out.append("resp=").append(profile.state().respVersion());
    }

    private static void field(StringBuilder out, String name, Object value) {
        out.append(name).append('=').append(value).append(' ');
    }

    private static void subscriptions(StringBuilder out, SubscriptionDesk desk) {
        field(out, "sub", desk.count(Kind.CHANNEL));
        field(out, "psub", desk.count(Kind.PATTERN));
        field(out, "ssub", desk.count(Kind.SHARD));
    }

    private static void memory(StringBuilder out, ClientSession client, Query query) {
        Input input = client.profile().input();
        Output output = client.output();
        int queued = client.profile().dispatcher().queuedBytes();
        int bytes = Math.max(input.bytes(), query.bytes());
        int free = Math.max(0, input.capacity() - bytes);
        field(out, "multi", client.profile().dispatcher().queuedCommands());
        field(out, "qbuf", bytes);
        field(out, "qbuf-free", free);
        field(out, "argv-mem", query.argumentBytes());
        field(out, "multi-mem", queued);
        field(out, "rbs", 0);
        field(out, "rbp", 0);
        field(out, "obl", 0);
        field(out, "oll", output.waitingPieces());
        field(out, "omem", output.waitingCapacity());
        field(
                out,
                "tot-mem",
                SESSION_BYTES + input.capacity() + queued + query.argumentBytes() + output.waitingCapacity());
    }

    /** As Redis orders them; those of replicas, masters and clusters cannot be. */
    static String flags(ClientSession client) {
        Dispatcher dispatcher = client.profile().dispatcher();
        StringBuilder out = new StringBuilder();
        flag(out, 'O', dispatcher.isMonitoring());
        flag(out, 'P', dispatcher.subscriptions().isSubscribed());
        flag(out, 'x', dispatcher.queuedCommands() >= 0);
        flag(out, 'b', client.profile().isBlocked(client));
        flag(out, 't', dispatcher.tracker().isOn());
        flag(out, 'R', dispatcher.tracker().isBroken());
        flag(out, 'B', dispatcher.tracker().isBroadcast());
        flag(out, 'd', dispatcher.isWatchLost());
        flag(out, 'c', client.isPausedFor(Pause.CLOSING));
        flag(out, 'U', !(client.channel().remoteAddress() instanceof InetSocketAddress));
        flag(out, 'e', client.profile().isNoEvict());
        return out.isEmpty() ? "N" : out.toString();
    }

    private static void flag(StringBuilder out, char letter, boolean holds) {
        if (holds) {
            out.append(letter);
        }
    }

    private static String events(ClientSession client) {
        String reads = client.channel().config().isAutoRead() ? "r" : "";
        return client.output().isClear() ? reads : reads + "w";
    }

    /** The client's own end. */
    static String address(Channel channel) {
        return address(channel.remoteAddress(), channel.localAddress());
    }

    /** As MONITOR shows it, which has words of its own for Unix sockets. */
    static String monitorAddress(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress
                ? address(channel)
                : "unix:" + channel.localAddress();
    }

    /** The end that it connected to. */
    static String localAddress(Channel channel) {
        return address(channel.localAddress(), channel.localAddress());
    }

    /** A Unix socket's client has no address of its own: Redis shows the socket's path and port 0 for both. */
    private static String address(SocketAddress address, SocketAddress listener) {
        if (!(address instanceof InetSocketAddress inet)) {
            return listener + ":0";
        }
        String host = inet.getAddress() == null ? inet.getHostString() : NetUtil.toAddressString(inet.getAddress());
        return (inet.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
}
