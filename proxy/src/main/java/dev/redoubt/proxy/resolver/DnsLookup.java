package dev.redoubt.proxy.resolver;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code /etc/hosts}, and then DNS. It has an event loop of its own, made at the first question: Netty's resolver reads files and loads some 300 classes, and no lane is to wait for either. Both files
 * are read anew at each question. Thread-safe.
 */
final class DnsLookup implements Lookup {
    /** As resolv.conf(5) has it for {@code attempts}. */
    private static final int ATTEMPTS = 2;

    /** A and AAAA of a name that is an alias of an alias, asked of each server. */
    private static final int MAX_QUERIES = 32;

    private final List<InetSocketAddress> servers;
    private final HostsFile hosts;
    private final Path resolvConf;
    private final Duration patience;
    private final Executor starter;

    private @Nullable EventLoopGroup group;
    private boolean closed;

    // Confined to the loop.
    private @Nullable ResolvConf inForce;
    private @Nullable DnsNameResolver resolver;

    /**
     * @param servers to be asked instead of those of resolv.conf; if empty, those
     * @param patience for a name server that does not answer, all attempts together
     * @param starter threads that may block
     */
    DnsLookup(List<InetSocketAddress> servers, Path hosts, Path resolvConf, Duration patience, Executor starter) {
        this.servers = List.copyOf(servers);
        this.hosts = new HostsFile(hosts);
        this.resolvConf = resolvConf;
        this.patience = patience;
        this.starter = starter;
    }

    @Override
    public void start(String host, Consumer<Answer> whenDone) {
        starter.execute(() -> {
            EventLoop loop = loop();
            if (loop == null) {
                whenDone.accept(new Answer.Missing("Redoubt is ending", false));
            } else {
                loop.execute(() -> ask(host, whenDone));
            }
        });
    }

    private synchronized @Nullable EventLoop loop() {
        if (closed) {
            return null;
        }
        EventLoopGroup made = group;
        if (made == null) {
            made = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("redoubt-dns", true), NioIoHandler.newFactory());
            group = made;
        }
        return made.next();
    }

    private void ask(String host, Consumer<Answer> whenDone) {
        List<InetAddress> local = hosts.addressesOf(host);
        if (!local.isEmpty()) {
            whenDone.accept(new Answer.Found(local));
            return;
        }
        resolver().resolveAll(host).addListener(future -> {
            @SuppressWarnings("unchecked") // resolveAll's own type
            List<InetAddress> found = future.isSuccess() ? (List<InetAddress>) future.getNow() : List.of();
            Throwable cause = future.cause();
            whenDone.accept(cause == null ? new Answer.Found(found) : DnsFailure.of(cause));
        });
    }

    /** Another one when resolv.conf has changed: a laptop or a VPN does that. */
    private DnsNameResolver resolver() {
        ResolvConf now = ResolvConf.of(resolvConf);
        DnsNameResolver made = resolver;
        if (made == null || !now.equals(inForce)) {
            if (made != null) {
                made.close();
            }
            made = resolver(now);
            resolver = made;
            inForce = now;
        }
        return made;
    }

    private DnsNameResolver resolver(ResolvConf conf) {
        EventLoop loop = loop();
        if (loop == null) {
            throw new IllegalStateException("closed");
        }
        List<InetSocketAddress> asked = servers.isEmpty() ? conf.servers() : servers;
        List<InetSocketAddress> inTurn = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            inTurn.addAll(asked);
        }
        DnsServerAddresses order =
                conf.rotates() ? DnsServerAddresses.rotational(inTurn) : DnsServerAddresses.sequential(inTurn);
        return new DnsNameResolverBuilder(loop)
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class) // for an answer that no datagram holds
                .nameServerProvider(name -> order.stream())
                .queryTimeoutMillis(Math.max(1, patience.toMillis() / inTurn.size()))
                .maxQueriesPerResolve(MAX_QUERIES)
                .searchDomains(conf.search())
                .ndots(conf.dots())
                .optResourceEnabled(false) // as the system's resolver: some servers refuse what they do not know
                .hostsFileEntriesResolver((name, types) -> null)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (group != null) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
