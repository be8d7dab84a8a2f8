package dev.redoubt.proxy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.session.SessionFixture.Client;
import dev.redoubt.proxy.sim.Complaints;
import dev.redoubt.proxy.upstream.FakeConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any bytes of Redis's, on any of the proxy's connections, reach the clients alike in however many reads they come, and nothing goes wrong inside. */
public final class ReplyPathFuzz {
    private static final String CONFIRMED = Pushes.push("subscribe", "news", 1);

    private ReplyPathFuzz() {}

    /** @param input the length of the pieces, the connection, then what Redis sends there */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        String sent = new String(input, 2, input.length - 2, StandardCharsets.ISO_8859_1);
        Way way = Way.values()[(input[1] & 0xff) % Way.values().length];
        try (Complaints complaints = Complaints.listen()) {
            assertEquals(heard(way, sent, sent.length() + 1), heard(way, sent, 1 + (input[0] & 63)));
            List<String> unexpected = complaints.take().stream()
                    .filter(line -> !line.startsWith("A subscription connection said what it should not"))
                    .toList();
            assertEquals(List.of(), unexpected);
        }
    }

    /** Where Redis speaks. */
    private enum Way {
        SHARED("data"),
        LEASED("lease"),
        SUBSCRIBED("subscriptions"),
        TRACKING("tracking"),
        REDIRECTED("invalidations");

        private final String purpose;

        Way(String purpose) {
            this.purpose = purpose;
        }
    }

    private static String heard(Way way, String sent, int pieces) {
        SessionFixture fixture = new SessionFixture().start();
        Client two = fixture.connectReady();
        Client three = fixture.connect();
        prepare(fixture, two, three);
        talk(way, fixture, two, three);
        FakeConnection redis = fixture.redis().connection(way.purpose);
        for (int from = 0; from < sent.length() && redis.isOpen(); from += pieces) {
            redis.reply(sent.substring(from, Math.min(sent.length(), from + pieces)));
        }
        String received = two.received() + " | " + three.received() + (redis.isOpen() ? " open" : " closed");
        assertTrue(fixture.openClients() > 0, "somebody else's bytes closed all clients");
        fixture.close();
        return received;
    }

    /** Both are subscribed, and three tracks what it reads or has two's invalidations. */
    private static void prepare(SessionFixture fixture, Client two, Client three) {
        three.send("HELLO 3");
        for (Client one : List.of(two, three)) {
            one.send("SUBSCRIBE news");
            fixture.redis().connection("subscriptions").reply(CONFIRMED);
            one.received();
        }
    }

    /** Only what goes out at once: whether a reply comes before its command must not depend on the reads. */
    private static void talk(Way way, SessionFixture fixture, Client two, Client three) {
        switch (way) {
            case SHARED ->
                three.send(
                        "MULTI", "GET a", "EXEC", "GET b", "PUBLISH news hi", "PUBSUB NUMSUB news", "INCR a", "GET c");
            case LEASED -> three.send("BLPOP a 0");
            case SUBSCRIBED -> {
                two.send("PING");
                three.send("UNSUBSCRIBE news");
            }
            case TRACKING -> {
                track(fixture, three, "");
                three.send("GET a", "CLIENT CACHING YES", "GET b", "BLPOP c 0", "WATCH a");
            }
            case REDIRECTED -> {
                Client sender = fixture.connect();
                three.send("CLIENT ID");
                track(fixture, sender, " REDIRECT " + three.received().strip().substring(1));
            }
        }
        two.received();
        three.received();
    }

    private static void track(SessionFixture fixture, Client client, String options) {
        client.send("CLIENT TRACKING ON" + options);
        fixture.redis().connection("tracking").reply("+OK\r\n");
        client.received();
    }
}
