package dev.redoubt.it.proxy;

import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One Redis for all tests of a class, each of which finds it empty. To be registered in a static field. */
final class OneRedis implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private RedisServer server;

    RedisServer server() {
        return server;
    }

    RawClient connect() {
        return server.connect();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = RedisServer.started();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        try (RawClient direct = server.connect()) {
            direct.call("FLUSHALL");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }
}
