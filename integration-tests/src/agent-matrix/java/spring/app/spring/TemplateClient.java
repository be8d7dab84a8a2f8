package app.spring;

import app.BatchingClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** A template. Closed by the context that it lives in. */
final class TemplateClient implements BatchingClient {
    private final StringRedisTemplate template;

    TemplateClient(StringRedisTemplate template) {
        this.template = template;
    }

    @Override
    public Object set(String key, String value) {
        template.opsForValue().set(key, value);
        return "set";
    }

    @Override
    public Object get(String key) {
        return template.opsForValue().get(key);
    }

    @Override
    public Object increment(String key) {
        return template.opsForValue().increment(key);
    }

    @Override
    public Object push(String key, String value) {
        return template.opsForList().rightPush(key, value);
    }

    @Override
    public Object pop(String key, int seconds) {
        return template.opsForList().leftPop(key, Duration.ofSeconds(seconds));
    }

    @Override
    public Object transaction(String key) {
        return template.execute(new SessionCallback<List<Object>>() {
            @Override
            public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
                operations.multi();
                template.opsForValue().increment(key);
                template.opsForValue().increment(key);
                return operations.exec();
            }
        });
    }

    @Override
    public Object pipeline(String key, int count) {
        return template.executePipelined(new SessionCallback<Object>() {
            @Override
            public <K, V> Object execute(RedisOperations<K, V> operations) {
                for (int i = 0; i < count; i++) {
                    template.opsForValue().increment(key);
                }
                return null;
            }
        });
    }

    @Override
    public Object publish(String channel, String message) {
        template.convertAndSend(channel, message); // says to how many from 3 on
        return "published";
    }

    @Override
    public AutoCloseable subscribe(String channel, Consumer<String> messages) {
        RedisMessageListenerContainer container = new RedisMessageListenerContainer();
        container.setConnectionFactory(template.getRequiredConnectionFactory());
        container.addMessageListener(
                (message, pattern) -> messages.accept(message.toString()),
                Collections.singletonList(new ChannelTopic(channel)));
        container.afterPropertiesSet();
        container.start();
        return container::destroy;
    }

    @Override
    public void close() {}
}
