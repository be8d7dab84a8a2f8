package dev.redoubt.proxy.session;

import static dev.redoubt.proxy.session.Pushes.confirmations;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts of subscribers are those of the clients, not of the one connection that they share. */
class AudienceTest {
    private final SessionFixture fixture = new SessionFixture().start();
    private final Client publisher = fixture.connectReady();
    private final FakeConnection data = fixture.data();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Client subscribed(String... command) {
        Client one = fixture.connect();
        one.send(String.join(" ", command));
        fixture.redis().connection("subscriptions").reply(confirmations(command));
        one.received();
        return one;
    }

    @Test
    void publishCountsEveryClientOfAChannel() {
        subscribed("SUBSCRIBE", "news");
        subscribed("SUBSCRIBE", "news", "other");
        subscribed("SUBSCRIBE", "news");
        publisher.send("PUBLISH news hi", "PUBLISH other hi", "GET a");
        assertEquals(List.of("PUBLISH news hi", "PUBLISH other hi", "GET a"), data.takeReceived());

        data.reply(":1\r\n:1\r\n$-1\r\n");

        publisher.expect(":3\r\n:1\r\n$-1\r\n");
    }

    @Test
    void publishCountsEveryClientOfEachPatternThatMatches() {
        subscribed("PSUBSCRIBE", "n*", "*s");
        subscribed("PSUBSCRIBE", "n*", "x*");
        subscribed("PSUBSCRIBE", "n*", "x*");
        subscribed("SUBSCRIBE", "news");
        publisher.send("PUBLISH news hi");

        data.reply(":3\r\n");

        publisher.expect(":5\r\n");
    }

    @Test
    void shardedChannelsAreCountedByThemselves() {
        subscribed("SSUBSCRIBE", "news");
        subscribed("SSUBSCRIBE", "news");
        subscribed("SUBSCRIBE", "news");
        subscribed("PSUBSCRIBE", "n*");
        publisher.send("SPUBLISH news hi", "PUBLISH news hi", "PUBSUB SHARDNUMSUB news");

        data.reply(":1\r\n:2\r\n*2\r\n$4\r\nnews\r\n:1\r\n");

        publisher.expect(":2\r\n:2\r\n*2\r\n$4\r\nnews\r\n:2\r\n");
    }

    @Test
    void numsubCountsEachChannelThatWasAskedFor() {
        subscribed("SUBSCRIBE", "a", "b");
        subscribed("SUBSCRIBE", "b");
        publisher.send("PUBSUB NUMSUB a b c b", "pubsub numsub");

        data.reply("*8\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n:1\r\n$1\r\nc\r\n:0\r\n$1\r\nb\r\n:1\r\n*0\r\n");

        publisher.expect("*8\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n:2\r\n$1\r\nc\r\n:0\r\n$1\r\nb\r\n:2\r\n*0\r\n");
    }

    @Test
    void whoHasLeftIsNotCounted() {
        Client first = subscribed("SUBSCRIBE", "news");
        Client second = subscribed("SUBSCRIBE", "news");
        subscribed("SUBSCRIBE", "news");
        first.socket().reset();
        second.send("RESET");
        publisher.send("PUBLISH news hi");

        data.reply(":1\r\n");

        publisher.expect(":1\r\n");
    }

    @Test
    void errorsArePassedOn() {
        subscribed("SUBSCRIBE", "news");
        subscribed("SUBSCRIBE", "news");
        publisher.send("PUBLISH news", "PUBLISH news hi", "PUBSUB NUMSUB news");

        data.reply("-ERR wrong number\r\n-NOPERM no\r\n-NOPERM no\r\n");

        publisher.expect("-ERR wrong number\r\n-NOPERM no\r\n-NOPERM no\r\n");
    }

    @Test
    void inDoubtPublishDoesNotOvertakeTheReadBeforeIt() {
        subscribed("SUBSCRIBE", "news");
        subscribed("SUBSCRIBE", "news");
        publisher.send("GET a", "PUBLISH news hi");
        data.takeReceived();

        fixture.redis().goAway();
        fixture.loop().run();

        publisher.expect("");
    }

    @Test
    void everyReplyOfAPipelineIsCorrected() {
        subscribed("SUBSCRIBE", "news");
        subscribed("SUBSCRIBE", "news");
        String[] all = new String[200];
        Arrays.fill(all, "PUBLISH news hi");
        publisher.send(all);
        for (int answered = 0; answered < all.length; ) {
            int sent = data.takeReceived().size();
            data.reply(":1\r\n".repeat(sent));
            answered += sent;
        }

        publisher.expect(":2\r\n".repeat(200));
    }
}
