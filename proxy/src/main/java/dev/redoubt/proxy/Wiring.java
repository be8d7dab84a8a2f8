package dev.redoubt.proxy;

import dev.redoubt.proxy.command.CallPattern;
import dev.redoubt.proxy.command.CommandCatalog;
import dev.redoubt.proxy.command.CommandTable;
import dev.redoubt.proxy.command.DeliveryRules;
import dev.redoubt.proxy.command.HoldBudgetRules;
import dev.redoubt.proxy.config.Settings;
import dev.redoubt.proxy.config.UpstreamSettings;
import dev.redoubt.proxy.lane.EventLoopExecutor;
import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.lane.ReadBuffers;
import dev.redoubt.proxy.lane.Sockets;
import dev.redoubt.proxy.pubsub.Subscriptions;
import dev.redoubt.proxy.pubsub.SubscriptionsFirst;
import dev.redoubt.proxy.resolver.HostAddresses;
import dev.redoubt.proxy.resolver.Lookup;
import dev.redoubt.proxy.resolver.Lookups;
import dev.redoubt.proxy.session.Clients;
import dev.redoubt.proxy.session.House;
import dev.redoubt.proxy.session.MemoryDesk;
import dev.redoubt.proxy.session.Scripts;
import dev.redoubt.proxy.session.ScriptsFirst;
import dev.redoubt.proxy.session.SilentClients;
import dev.redoubt.proxy.status.Counter;
import dev.redoubt.proxy.status.Counters;
import dev.redoubt.proxy.status.ProxyStatus;
import dev.redoubt.proxy.time.Clock;
import dev.redoubt.proxy.tls.TlsProblem;
import dev.redoubt.proxy.upstream.Backoff;
import dev.redoubt.proxy.upstream.Credentials;
import dev.redoubt.proxy.upstream.LeasePool;
import dev.redoubt.proxy.upstream.MemoryAnswerer;
import dev.redoubt.proxy.upstream.NettyConnector;
import dev.redoubt.proxy.upstream.ReplyTap;
import dev.redoubt.proxy.upstream.TableJudge;
import dev.redoubt.proxy.upstream.TableUpdates;
import dev.redoubt.proxy.upstream.UpstreamServer;
import dev.redoubt.proxy.upstream.UpstreamTimings;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Builds one lane's house from the settings, by hand and top to bottom. Confined to the lane but for its constructor and {@link #release}. */
final class Wiring {
    private static final int READ_BUFFER_BYTES = 64 * 1024;
    private static final int LOOKUP_THREADS = 2;
    private static final Duration SHARED_IDLE = Duration.ofSeconds(60);

    private final Settings settings;
    private final Counters counters = new Counters();
    private final Clients clients = new Clients();
    private final ReadBuffers readBuffers;
    private final ExecutorService lookups;
    private final Lookup lookup;
    private final TlsParts tls;
    private final @Nullable FallbackParts fallback;
    private final UpstreamServer server;
    private final LeasePool leases;
    private final Subscriptions subscriptions;
    private final TableUpdates tableUpdates;
    private final UserParts users;
    private final House house;
    private final StatusReport report;

    /**
     * @throws TlsProblem if the files of TLS cannot be used
     * @throws IOException if the journal on disk cannot be used
     */
    Wiring(Settings settings, Sockets sockets, EventLoop loop) throws TlsProblem, IOException {
        this.settings = settings;
        this.tls = TlsParts.of(settings, loop);
        Lane lane = new Lane(
                new EventLoopExecutor(loop), Clock.SYSTEM, new SplittableRandom(), PooledByteBufAllocator.DEFAULT);
        readBuffers = new ReadBuffers(lane.allocator(), READ_BUFFER_BYTES);
        lookups = lookupThreads();
        lookup = Lookups.of(
                settings.upstream().host(),
                settings.upstream().resolver(),
                settings.upstream().connectTimeout(),
                lookups);
        CommandTable table = CommandTable.builtIn();
        CommandCatalog catalog = new CommandCatalog(table);
        Scripts scripts =
                new Scripts(settings.scripts().maxCount(), settings.scripts().maxBytes());
        fallback = settings.fallback().enabled() ? FallbackParts.of(settings, lane, table, this::flush) : null;
        MemoryAnswerer answerer = fallback == null ? NoMemory.INSTANCE : fallback.memory();
        ScriptsFirst scriptGate = new ScriptsFirst(answerer, scripts, lane);
        SubscriptionsFirst gate = new SubscriptionsFirst(scriptGate);
        MemoryDesk desk = fallback == null ? NoMemory.INSTANCE : fallback.memory();
        UpstreamSettings upstream = settings.upstream();
        NettyConnector connector = upstream.disabled()
                ? null
                : new NettyConnector(upstream, loop, sockets, readBuffers, addresses(lane), tls.upstream());
        server = new UpstreamServer(
                lane,
                connector,
                timings(settings),
                credentials(upstream),
                new UpstreamServer.Hooks(judge(settings, table), gate, tap(settings)),
                counters);
        if (fallback != null) {
            fallback.memory().attach(server);
        }
        leases = new LeasePool(server, lane, settings.leases());
        subscriptions = new Subscriptions(server, lane);
        gate.attach(subscriptions);
        scriptGate.attach(server);
        tableUpdates = new TableUpdates(server, lane, catalog, lookups);
        users = UserParts.of(settings.users(), server, lane, lookups, clients);
        house = new House(
                lane,
                server,
                leases,
                subscriptions,
                catalog,
                scripts,
                desk,
                users.authenticator(),
                clients,
                counters,
                settings.clients(),
                settings.backlog().holdBudget(),
                upstream.db(),
                this::snapshot);
        report = new StatusReport(server, leases, clients, counters, fallback);
    }

    private void flush() {
        server.dirtySinks().flush();
    }

    /** Nothing to record for where nothing is answered from it. */
    private ReplyTap tap(Settings from) {
        boolean records =
                from.fallback().recorder().maxBytes() > 0 && !from.upstream().disabled();
        return fallback != null && records ? fallback.memory() : ReplyTap.NONE;
    }

    private static TableJudge judge(Settings settings, CommandTable table) {
        return new TableJudge(
                table,
                new DeliveryRules(
                        settings.replay().atMostOnce(), settings.replay().atLeastOnce()),
                new HoldBudgetRules(settings.backlog().holdBudgets().stream()
                        .map(rule -> new HoldBudgetRules.Rule(new CallPattern(rule.pattern()), rule.budget()))
                        .toList()));
    }

    private static UpstreamTimings timings(Settings settings) {
        Backoff backoff = new Backoff(
                settings.reconnect().initial(),
                settings.reconnect().cap(),
                settings.reconnect().laterCap(),
                settings.reconnect().capFor());
        return new UpstreamTimings(
                backoff,
                settings.reconnect().attempts(),
                settings.upstream().pingInterval(),
                settings.upstream().lostAfter(),
                settings.fallback().enterAfter(),
                settings.upstream().stallLimit(),
                settings.fallback().enterAfter(),
                settings.replay().window(),
                settings.backlog().busyHold(),
                SHARED_IDLE,
                settings.upstream().behindBalancer(),
                settings.backlog().maxBytes(),
                settings.backlog().maxCommands(),
                (int) settings.clients().largeReplyBytes());
    }

    private static @Nullable Credentials credentials(UpstreamSettings upstream) {
        String password = upstream.password();
        return password == null ? null : new Credentials(upstream.username(), password);
    }

    private HostAddresses addresses(Lane lane) {
        UpstreamSettings upstream = settings.upstream();
        return new HostAddresses(
                upstream.host(), lookup, lane, upstream.resolver().reuse(), upstream.connectTimeout());
    }

    /** Threads that end when nothing is looked up: an idle proxy has none. */
    private static ExecutorService lookupThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                LOOKUP_THREADS,
                LOOKUP_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("redoubt-lookup", true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    ReadBuffers readBuffers() {
        return readBuffers;
    }

    House house() {
        return house;
    }

    void start() {
        if (fallback != null) {
            fallback.start();
        }
        new SilentClients(clients, house.lane(), settings.clients().timeout()).start();
        tableUpdates.start();
        users.start();
        server.start();
    }

    TlsParts tls() {
        return tls;
    }

    boolean isFull() {
        return clients.size() + tls.handshakes() >= settings.clients().max();
    }

    /** As Redis does it: an error, and the end. */
    void refuse(Channel channel) {
        counters.increment(Counter.CLIENTS_REJECTED);
        clients.onRefused(house.lane().repeats());
        byte[] error = "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);
        channel.writeAndFlush(Unpooled.wrappedBuffer(error)).addListener(ChannelFutureListener.CLOSE);
    }

    ProxyStatus snapshot() {
        return report.snapshot();
    }

    /** Lets every client finish, and runs the task when all have. */
    void drain(Runnable whenDone) {
        clients.all().forEach(client -> client.drain());
        awaitDrained(whenDone);
    }

    private void awaitDrained(Runnable whenDone) {
        if (clients.size() == 0) {
            whenDone.run();
        } else {
            house.lane().executor().schedule(() -> awaitDrained(whenDone), TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    void close() {
        clients.all().forEach(client -> client.close());
        leases.close();
        subscriptions.close();
        server.close();
        if (fallback != null) {
            fallback.close();
        }
        tls.close();
    }

    void release() {
        if (fallback != null) {
            fallback.release();
        }
        lookup.close();
        lookups.shutdownNow();
        tls.release();
        readBuffers.close();
    }
}
