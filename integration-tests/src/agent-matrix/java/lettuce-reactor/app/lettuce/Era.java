package app.lettuce;

import app.Lines;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;

/** What is different in Lettuce from 5 on: a class for what EXEC gives, and Reactor. */
final class Era {
    private Era() {}

    static Object replies(TransactionResult result) {
        List<Object> replies = new ArrayList<>();
        replies.add("discarded " + result.wasDiscarded());
        for (Object reply : result) {
            replies.add(reply instanceof Throwable ? Lines.classes((Throwable) reply) : reply);
        }
        return replies;
    }

    static Object reactive(StatefulRedisConnection<String, String> connection, String key) {
        return connection.reactive().set(key, "value").block()
                + connection.reactive().get(key).block();
    }
}
