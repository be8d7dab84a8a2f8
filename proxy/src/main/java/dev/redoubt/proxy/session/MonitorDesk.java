package dev.redoubt.proxy.session;

import dev.redoubt.proxy.command.CommandFlag;
import dev.redoubt.proxy.command.CommandSpec;
import dev.redoubt.proxy.resp.RespWriter;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.upstream.DataConnection;
import dev.redoubt.proxy.upstream.Failures;
import dev.redoubt.proxy.upstream.Identity;
import dev.redoubt.proxy.upstream.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * MONITOR of one session: a connection of its user's on which Redis says what it runs, told on with the addresses of the proxy's clients ({@link Monitors}). Confined to the lane.
 *
 * <pre>
 *  OFF --MONITOR--> ASKED --OK--> ON --RESET, the client leaves--> OFF
 *                     |            ^
 *                     +--refused--> OFF       ON without a connection, while Redis is away: opened again, without a word
 * </pre>
 */
final class MonitorDesk {
    private enum Phase {
        OFF,
        ASKED,
        ON
    }

    private static final long RETRY_NANOS = 100_000_000;

    private final ClientSession session;
    private final House house;
    private final ClientState state;
    private final MonitorNotes notes;
    private SentCommands sent = new SentCommands();
    private Phase phase = Phase.OFF;
    private @Nullable Channel channel;
    private long deadlineNanos;

    MonitorDesk(ClientSession session, House house, ClientState state) {
        this.session = session;
        this.house = house;
        this.state = state;
        this.notes = new MonitorNotes(session, house);
    }

    boolean isOn() {
        return phase == Phase.ON;
    }

    /** MONITOR; nothing is pending. One that monitors already has no answer, as in {@code monitorCommand}. */
    void start() {
        if (phase != Phase.OFF) {
            return;
        }
        if (house.server().isDisabled()) {
            begin();
            return;
        }
        phase = Phase.ASKED;
        deadlineNanos = house.lane().nanoTime() + session.holdBudgetNanos();
        session.pause(Pause.ANSWER);
        connect();
    }

    /** What this session's commands are told to those who monitor. */
    MonitorNotes notes() {
        return notes;
    }

    /** What its lines from Redis are told apart by. */
    SentCommands sent() {
        return sent;
    }

    /** A client that monitors is a kind of replica to Redis, and may not touch keys. */
    boolean forbids(Command command) {
        CommandSpec spec = command.spec();
        return isOn()
                && spec != null
                && (spec.of(command.arguments()).has(CommandFlag.READONLY)
                        || MayWrite.of(house.table(), command) != MayWrite.NO);
    }

    /** Says so. False if it has to wait for what is in flight: the session is paused then. */
    boolean refuse() {
        if (session.pending() > 0) {
            session.pause(Pause.REPLIES_DUE);
            return false;
        }
        session.replyError("ERR Replica can't interact with the keyspace");
        return true;
    }

    private void begin() {
        phase = Phase.ON;
        sent = new SentCommands();
        house.clients().monitors().add(this);
        RespWriter.simpleString(session.reply(), "OK");
    }

    private void answered(@Nullable String error) {
        if (error == null) {
            begin();
        } else {
            phase = Phase.OFF;
            session.replyError(error);
        }
        session.flushSoon();
        session.resume(Pause.ANSWER);
    }

    /** RESET, or the client has left. */
    void stop() {
        phase = Phase.OFF;
        house.clients().monitors().remove(this);
        if (channel != null) {
            channel.close();
        }
    }

    // ---- the connection

    private void connect() {
        if (phase == Phase.OFF) {
            return;
        }
        if (!house.server().isUp()) {
            later(house.server().lastError());
            return;
        }
        new DataConnection("monitor", house.server(), house.lane(), state.key().shared(), new DataConnection.Outcome() {
                    @Override
                    public void ready(Channel connected, Identity identity) {
                        onConnected(connected);
                    }

                    @Override
                    public void failed(String cause) {
                        later(cause);
                    }
                })
                .open();
    }

    private void onConnected(Channel connected) {
        if (phase == Phase.OFF) {
            connected.close();
            return;
        }
        channel = connected;
        connected.pipeline().replace(Requests.class, "monitor", new Lines());
        ByteBuf out = house.lane().allocator().directBuffer();
        RespWriter.command(out, "MONITOR");
        connected.writeAndFlush(out, connected.voidPromise());
    }

    private void later(String cause) {
        channel = null;
        if (phase == Phase.ASKED && house.lane().nanoTime() - deadlineNanos >= 0) {
            house.counters().increment(Counter.UNAVAILABLE);
            answered(Failures.unavailable(house.server().description(), cause));
        } else if (phase != Phase.OFF) {
            house.lane().executor().schedule(this::connect, RETRY_NANOS);
        }
    }

    private void onLine(String line) {
        boolean refused = line.startsWith("-");
        if (phase == Phase.ASKED) {
            answered(refused ? line.substring(1) : null);
        } else if (phase == Phase.ON && refused) {
            session.cutOff("its user may not monitor any more");
        } else if (phase == Phase.ON) {
            tell(line.substring(1));
        }
        if (refused && channel != null) {
            channel.close();
        }
    }

    private void tell(String text) {
        MonitorText.Line line = MonitorText.Line.parse(text);
        if (line != null && house.server().ownAddresses().contains(line.address())) {
            line = sent.resolve(line);
        }
        if (line != null) {
            show(line);
        }
    }

    /** Sends the client a line. */
    void show(MonitorText.Line line) {
        ByteBuf out = session.profile().dispatcher().subscriptions().pushes();
        out.writeByte('+').writeCharSequence(line.toString(), StandardCharsets.ISO_8859_1);
        out.writeShort('\r' << 8 | '\n');
        session.flushSoon();
        session.checkOutput();
    }

    /** Cuts what Redis says into lines. */
    private final class Lines extends ChannelInboundHandlerAdapter {
        private final StringBuilder part = new StringBuilder();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            part.append(in.toString(StandardCharsets.ISO_8859_1));
            in.release();
            int from = 0;
            int end = part.indexOf("\r\n");
            while (end >= 0 && phase != Phase.OFF) {
                onLine(part.substring(from, end));
                from = end + 2;
                end = part.indexOf("\r\n", from);
            }
            part.delete(0, from);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            later("closed by Redis");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
