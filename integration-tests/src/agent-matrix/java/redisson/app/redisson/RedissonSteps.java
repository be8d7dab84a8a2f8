package app.redisson;

import app.CommonSteps;
import app.Lines;
import app.Place;
import app.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson, each client with the 24 and more connections that it opens by itself. */
public final class RedissonSteps implements Steps {
    @Override
    public Object unclosed(Place place, int count) {
        List<RedissonClient> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RedissonClient redisson = open(place);
            all.add(redisson);
            redisson.getBucket("unclosed", StringCodec.INSTANCE).set("value " + i);
        }
        return all;
    }

    @Override
    public void all(Place place, Lines lines) throws Exception {
        RedissonClient redisson = open(place);
        try {
            new CommonSteps("redisson", place, lines, anywhere -> new RedissonView(redisson)).run();
            lines.say(
                    "redisson: script",
                    () -> redisson.getScript(StringCodec.INSTANCE)
                            .eval(
                                    RScript.Mode.READ_WRITE,
                                    "return redis.call('incr', 'redisson:script')",
                                    RScript.ReturnType.VALUE));
            lines.say("redisson: lock", () -> lock(redisson));
        } finally {
            redisson.shutdown();
        }
    }

    @Override
    public void refused(Place place, Lines lines) {
        lines.say("redisson: refused", () -> {
            RedissonClient redisson = open(place);
            redisson.shutdown();
            return "created";
        });
    }

    private static RedissonClient open(Place place) {
        Config config = new Config();
        config.useSingleServer().setAddress(place.uri());
        return Redisson.create(config);
    }

    private static Object lock(RedissonClient redisson) throws Exception {
        List<Object> seen = new ArrayList<>();
        RLock lock = redisson.getLock("redisson:lock");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            lock.lock();
            seen.add(other.submit(() -> redisson.getLock("redisson:lock").tryLock())
                    .get());
            Future<Boolean> waits = other.submit(() -> {
                boolean got = redisson.getLock("redisson:lock").tryLock(10, TimeUnit.SECONDS);
                redisson.getLock("redisson:lock").unlock();
                return got;
            });
            lock.unlock();
            seen.add(waits.get());
            seen.add(lock.isLocked());
        } finally {
            other.shutdown();
        }
        return seen;
    }
}
