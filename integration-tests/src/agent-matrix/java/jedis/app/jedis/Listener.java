package app.jedis;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.clients.jedis.JedisPubSub;

/** Passes messages on. All methods are here: in Jedis 2.1 they are abstract. */
final class Listener extends JedisPubSub {
    private final Consumer<String> messages;
    private final CountDownLatch subscribed = new CountDownLatch(1);

    Listener(Consumer<String> messages) {
        this.messages = messages;
    }

    void awaitSubscribed() throws InterruptedException {
        if (!subscribed.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not subscribed");
        }
    }

    @Override
    public void onMessage(String channel, String message) {
        messages.accept(message);
    }

    @Override
    public void onSubscribe(String channel, int count) {
        subscribed.countDown();
    }

    @Override
    public void onUnsubscribe(String channel, int count) {}

    @Override
    public void onPMessage(String pattern, String channel, String message) {}

    @Override
    public void onPSubscribe(String pattern, int count) {}

    @Override
    public void onPUnsubscribe(String pattern, int count) {}
}
