package dev.redoubt.it.proxy.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.StringRedisSerializer;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository.RedisSession;
import org.springframework.session.data.redis.config.ConfigureNotifyKeyspaceEventsAction;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;

/** Spring Data Redis as Spring Boot sets it up, and Spring Session's repository, which lives on keyspace notifications. */
public final class SpringScenario implements IntConsumer {
    @Override
    public void accept(int port) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", port);
        factory.afterPropertiesSet();
        factory.start();
        RedisMessageListenerContainer listeners = new RedisMessageListenerContainer();
        listeners.setConnectionFactory(factory);
        listeners.afterPropertiesSet();
        listeners.start();
        try {
            StringRedisTemplate template = new StringRedisTemplate(factory);
            factory.getConnection().serverCommands().flushAll();
            values(template);
            transaction(template);
            script(template);
            pipeline(template);
            blocking(template);
            pubSub(template, listeners);
            sessions(factory, listeners);
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        } finally {
            listeners.stop();
            factory.destroy();
        }
    }

    private static void values(StringRedisTemplate template) {
        template.opsForValue().set("string", "value", Duration.ofMinutes(1));
        assertEquals("value", template.opsForValue().get("string"));
        assertNull(template.opsForValue().get("nothing"));
        template.opsForHash().put("hash", "field", "1");
        assertEquals(3L, template.opsForHash().increment("hash", "field", 2));
        assertEquals(true, template.delete("string"));
    }

    private static void transaction(StringRedisTemplate template) {
        List<?> results = template.execute(new SessionCallback<List<Object>>() {
            @Override
            public <K, V> List<Object> execute(RedisOperations<K, V> operations) throws DataAccessException {
                StringRedisTemplate same = (StringRedisTemplate) operations;
                same.watch("counter");
                same.multi();
                same.opsForValue().increment("counter");
                same.opsForValue().increment("counter");
                return same.exec();
            }
        });
        assertEquals(List.of(1L, 2L), results);
    }

    private static void script(StringRedisTemplate template) {
        RedisScript<Long> script = RedisScript.of("return redis.call('incrby', KEYS[1], ARGV[1])", Long.class);
        assertEquals(12L, template.execute(script, List.of("counter"), "10"));
        assertEquals(22L, template.execute(script, List.of("counter"), "10"));
    }

    private static void pipeline(StringRedisTemplate template) {
        List<Object> replies = template.executePipelined(new SessionCallback<Object>() {
            @Override
            public <K, V> Object execute(RedisOperations<K, V> operations) throws DataAccessException {
                StringRedisTemplate same = (StringRedisTemplate) operations;
                for (int i = 0; i < 300; i++) {
                    same.opsForValue().set("piped:" + i, "value-" + i);
                    same.opsForValue().get("piped:" + i);
                }
                return null;
            }
        });
        assertEquals(600, replies.size());
        assertEquals("value-299", replies.get(599));
    }

    private static void blocking(StringRedisTemplate template) {
        template.opsForList().rightPush("list", "element");
        assertEquals("element", template.opsForList().leftPop("list", Duration.ofSeconds(5)));
    }

    private static void pubSub(StringRedisTemplate template, RedisMessageListenerContainer listeners)
            throws InterruptedException {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        MessageListener listener =
                (message, pattern) -> messages.add(new String(message.getBody(), StandardCharsets.UTF_8));
        listeners.addMessageListener(listener, List.of(new ChannelTopic("channel"), new PatternTopic("chan*")));
        assertEquals(2L, template.convertAndSend("channel", "hello"));
        assertEquals("hello", messages.poll(10, TimeUnit.SECONDS));
        assertEquals("hello", messages.poll(10, TimeUnit.SECONDS));
        listeners.removeMessageListener(listener);
    }

    private static void sessions(LettuceConnectionFactory factory, RedisMessageListenerContainer listeners)
            throws InterruptedException {
        new ConfigureNotifyKeyspaceEventsAction().configure(factory.getConnection());
        RedisTemplate<String, Object> template = new RedisTemplate<>();
        template.setKeySerializer(new StringRedisSerializer());
        template.setHashKeySerializer(new StringRedisSerializer());
        template.setConnectionFactory(factory);
        template.afterPropertiesSet();
        RedisIndexedSessionRepository repository = new RedisIndexedSessionRepository(template);
        BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        repository.setApplicationEventPublisher(events::add);
        listeners.addMessageListener(
                repository,
                List.of(
                        new ChannelTopic(repository.getSessionDeletedChannel()),
                        new ChannelTopic(repository.getSessionExpiredChannel()),
                        new PatternTopic(repository.getSessionCreatedChannelPrefix() + "*")));

        RedisSession session = repository.createSession();
        session.setAttribute("user", "somebody");
        repository.save(session);
        assertInstanceOf(SessionCreatedEvent.class, events.poll(10, TimeUnit.SECONDS));
        assertEquals(
                "somebody", assertNotNullSession(repository, session.getId()).getAttribute("user"));

        repository.deleteById(session.getId());
        assertInstanceOf(SessionDeletedEvent.class, events.poll(10, TimeUnit.SECONDS));
        assertNull(repository.findById(session.getId()));
    }

    private static RedisSession assertNotNullSession(RedisIndexedSessionRepository repository, String id) {
        RedisSession found = repository.findById(id);
        assertNotNull(found);
        return found;
    }
}
