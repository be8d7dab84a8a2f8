package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.CutRelay;
import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;

/** A Redis that stays, proxies that are cut off from it and come back, and a client that reaches it all the time. Confined to one thread. */
final class Apart implements AutoCloseable {
    private final RedisServer redis = RedisServer.started();
    private final CutRelay relay = CutRelay.before(redis);
    private final RawClient elsewhere = redis.connect();
    private final List<Side> sides = new ArrayList<>();

    /** One proxy, with a client of it. */
    static final class Side implements AutoCloseable {
        private final ProxyProcess proxy;
        private final ProxyPages pages;
        private final RawClient client;
        private final List<RawClient> others = new ArrayList<>();

        private Side(ProxyProcess proxy) {
            this.proxy = proxy;
            this.pages = new ProxyPages(proxy);
            this.client = proxy.connect();
        }

        ProxyPages pages() {
            return pages;
        }

        Object call(String... command) {
            return client.call(command);
        }

        /** Another client, which waits for its reply if it has to. */
        RawClient asks(String... command) {
            RawClient other = proxy.connect();
            others.add(other);
            other.send(command);
            return other;
        }

        @Override
        public void close() {
            others.forEach(RawClient::close);
            client.close();
            proxy.close();
        }
    }

    /** One more proxy, which has used its Redis when this returns; memory answers 20 ms after a loss. */
    Side proxy(String... options) {
        Side side = new Side(ProxyProcess.setup()
                .options("--upstream", relay.uri(), "--fallback-enter-after", "20ms")
                .options(options)
                .jvm("-XX:TieredStopAtLevel=1") // it lives for seconds
                .start());
        sides.add(side);
        side.call("EXISTS", "anything"); // Redis has served somebody, whom memory serves then
        side.pages.awaitState("up");
        return side;
    }

    /** What a client that does not go through a proxy is answered. */
    Object elsewhere(String... command) {
        return elsewhere.call(command);
    }

    /** No proxy reaches Redis any more; returns when memory answers in all of them. */
    void part() {
        relay.turnAway();
        relay.cut();
        sides.forEach(side -> side.pages.awaitState("fallback"));
    }

    /** All of them are back. */
    void join() {
        relay.letIn();
        sides.forEach(side -> side.pages.awaitState("up"));
    }

    @Override
    public void close() {
        sides.forEach(Side::close);
        relay.close();
        elsewhere.close();
        redis.close();
    }
}
