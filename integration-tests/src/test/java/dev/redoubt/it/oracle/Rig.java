package dev.redoubt.it.oracle;

import dev.redoubt.it.redis.ProxyProcess;
import dev.redoubt.it.redis.RawClient;
import dev.redoubt.it.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Redis, and a proxy before it unless the tests are to run directly. Confined to one thread. */
final class Rig implements AutoCloseable {
    /** What the suite's own default.conf has as well, where a server has to be told; as Redis's defaults otherwise. */
    private static final String[] OPTIONS = {
        "--appendonly", "no",
        "--appendfsync", "everysec",
        "--auto-aof-rewrite-percentage", "100",
        "--enable-debug-command", "yes",
        "--enable-protected-configs", "yes",
        "--enable-module-command", "yes"
    };

    /** Not every buffer's life is recorded, as in other tests: that takes several times as long, and tests have time limits. */
    private static final String LEAKS_SAMPLED = "-Dio.netty.leakDetection.level=advanced";

    private final boolean direct;
    private final Path log;
    private RedisServer redis;
    private Optional<ProxyProcess> proxy = Optional.empty();
    private Map<String, String> configuration;

    /** @param log takes what the proxy prints */
    Rig(boolean direct, Path log) {
        this.direct = direct;
        this.log = log;
        start();
    }

    private void start() {
        redis = RedisServer.started(OPTIONS);
        try (RawClient client = redis.connect()) {
            configuration = configuration(client);
        }
        if (!direct) {
            proxy = Optional.of(
                    ProxyProcess.setup().upstream(redis).jvm(LEAKS_SAMPLED).start());
        }
    }

    String redisVersion() {
        return redis.info("redis_version");
    }

    String host() {
        return proxy.map(ProxyProcess::host).orElseGet(redis::host);
    }

    int port() {
        return proxy.map(ProxyProcess::port).orElseGet(redis::port);
    }

    boolean isRunning() {
        return redis.isRunning() && proxy.map(ProxyProcess::isRunning).orElse(true);
    }

    /** Makes Redis as it was at its start: data, configuration, users, scripts. Asked directly. */
    void reset() {
        try (RawClient client = redis.connect()) {
            client.call("CLIENT", "UNPAUSE");
            client.call("CONFIG", "SET", "maxmemory", "0");
            Map<String, String> now = configuration(client);
            configuration.forEach((name, value) -> {
                if (!value.equals(now.get(name))) {
                    client.call("CONFIG", "SET", name, value);
                }
            });
            resetUsers(client);
            for (String command : List.of(
                    "DEBUG PAUSE-CRON 0",
                    "DEBUG SET-ACTIVE-EXPIRE 1",
                    "FUNCTION FLUSH",
                    "SCRIPT FLUSH",
                    "FLUSHALL",
                    "CONFIG RESETSTAT")) {
                client.call(command.split(" "));
            }
        }
    }

    /** Both anew, after a test that hung: who knows what it has left. */
    void restart() throws IOException {
        close();
        start();
    }

    private static void resetUsers(RawClient client) {
        for (Object user : (List<?>) client.call("ACL", "USERS")) {
            if (!user.equals("default")) {
                client.call("ACL", "DELUSER", (String) user);
            }
        }
        client.call("ACL", "SETUSER", "default", "on", "nopass", "~*", "&*", "+@all");
    }

    private static Map<String, String> configuration(RawClient client) {
        List<?> reply = (List<?>) client.call("CONFIG", "GET", "*");
        Map<String, String> configuration = new HashMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            configuration.put((String) reply.get(i), (String) reply.get(i + 1));
        }
        return configuration;
    }

    /** @throws AssertionError if the proxy has leaked buffers */
    @Override
    public void close() throws IOException {
        try {
            if (proxy.isPresent()) {
                ProxyProcess ending = proxy.get();
                proxy = Optional.empty();
                Files.writeString(log, ending.output(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                ending.close();
            }
        } finally {
            redis.close();
        }
    }
}
