package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.ReplySink;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.config.BlockingOnLoss;
import dev.redoubt.proxy.config.LeaseSettings;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.TestLoop;
import dev.redoubt.proxy.pubsub.Subscriptions;
import dev.redoubt.proxy.pubsub.SubscriptionsFirst;
import dev.redoubt.proxy.resp.Wire;
import dev.redoubt.proxy.session.Scripts;
import dev.redoubt.proxy.session.ScriptsFirst;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server's owner over a {@link FakeRedis}, with production's timings. */
public final class UpstreamFixture {
    /** Read once: that takes longer than most tests. */
    public static final CommandTable TABLE = CommandTable.builtIn();

    public static final UpstreamTimings TIMINGS = timings(false, 100_000);
    private static final int LEASES = 3;
    private static final int SCRIPTS = 10;

    private final TestLoop loop = new TestLoop();
    private final FakeRedis redis = new FakeRedis(loop);
    private final Scripts scripts = new Scripts(SCRIPTS, 1 << 20);
    private final Counters counters = new Counters();
    private final UpstreamServer server;
    private final LeasePool leases;
    private final Subscriptions subscriptions;

    public UpstreamFixture(ScriptedMemory memory) {
        this(memory, TIMINGS, null);
    }

    public UpstreamFixture(ScriptedMemory memory, UpstreamTimings timings, @Nullable Credentials credentials) {
        this(memory, timings, credentials, new TableJudge(TABLE));
    }

    UpstreamFixture(
            ScriptedMemory memory, UpstreamTimings timings, @Nullable Credentials credentials, CommandJudge judge) {
        ScriptsFirst scriptGate = new ScriptsFirst(memory, scripts, loop.lane());
        SubscriptionsFirst gate = new SubscriptionsFirst(scriptGate);
        server = new UpstreamServer(
                loop.lane(),
                redis,
                timings,
                credentials,
                new UpstreamServer.Hooks(judge, gate, ReplyTap.NONE),
                counters);
        leases = new LeasePool(server, loop.lane(), new LeaseSettings(LEASES, BlockingOnLoss.IN_DOUBT));
        subscriptions = new Subscriptions(server, loop.lane());
        gate.attach(subscriptions);
        scriptGate.attach(server);
    }

    public static UpstreamTimings timings(boolean behindBalancer, int maxBacklogCommands) {
        return timings(behindBalancer, maxBacklogCommands, 0);
    }

    /** @param attemptLimit as the profile dev has it; 0 for no limit */
    public static UpstreamTimings timings(boolean behindBalancer, int maxBacklogCommands, int attemptLimit) {
        return new UpstreamTimings(
                new Backoff(
                        Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofMinutes(1)),
                attemptLimit,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                behindBalancer,
                16 << 20,
                maxBacklogCommands,
                1 << 20);
    }

    /** Begins to connect, and runs the loop. */
    public UpstreamFixture start() {
        server.start();
        loop.run();
        return this;
    }

    public TestLoop loop() {
        return loop;
    }

    public Lane lane() {
        return loop.lane();
    }

    public FakeRedis redis() {
        return redis;
    }

    public UpstreamServer server() {
        return server;
    }

    public LeasePool leases() {
        return leases;
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    public Scripts scripts() {
        return scripts;
    }

    public Counters counters() {
        return counters;
    }

    public long count(Counter counter) {
        return counters.get(counter);
    }

    /** The connection that clients get who say nothing. */
    public SharedUpstream shared() {
        return server.shared(server.defaultKey(0, 2));
    }

    /** Submits each command as a run of its own, and runs the loop. */
    public void submit(ReplySink sink, String... commands) {
        for (String command : commands) {
            ByteBuf buf = Unpooled.wrappedBuffer(Wire.commands(command));
            if (!shared().submit(sink, buf, 0, buf.writerIndex(), 1, !command.startsWith("GET "))) {
                throw new IllegalStateException("the log is full");
            }
        }
        loop.run();
    }

    /** Ends all connections, and what is held. */
    public void close() {
        leases.close();
        subscriptions.close();
        server.close();
        loop.run();
        for (SharedUpstream one : server.allShared()) {
            one.log().takeAll(0).forEach(held -> held.release());
            one.log().close();
        }
    }
}
