package app.lettuce;

import com.lambdaworks.redis.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;

/** What is different in Lettuce 4: no class for what EXEC gives, and RxJava. */
final class Era {
    private Era() {}

    static Object replies(List<Object> replies) {
        return replies == null ? null : new ArrayList<>(replies);
    }

    static Object reactive(StatefulRedisConnection<String, String> connection, String key) {
        return connection.reactive().set(key, "value").toBlocking().first()
                + connection.reactive().get(key).toBlocking().first();
    }
}
