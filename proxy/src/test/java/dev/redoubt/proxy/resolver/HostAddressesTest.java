package dev.redoubt.proxy.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.lane.TestLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
    private static final InetAddress ONE = address("10.0.0.1");
    private static final InetAddress TWO = address("10.0.0.2");
    private static final Answer.Missing UNKNOWN = new Answer.Missing("DNS does not know it", true);
    private static final Answer.Missing SILENT = new Answer.Missing("no DNS server answered in time", false);

    private final TestLoop loop = new TestLoop();
    private final ScriptedLookup lookup = new ScriptedLookup();
    private final HostAddresses addresses =
            new HostAddresses("redis", lookup, loop.lane(), Duration.ofSeconds(1), Duration.ofSeconds(2));
    private final List<Answer> answers = new ArrayList<>();

    @Test
    void attemptsOfOneMomentShareALookUp() {
        find();
        find();
        resolverSays(found(ONE));

        assertEquals(List.of(found(ONE), found(ONE)), answers);
        assertEquals(1, lookup.asked());
    }

    @Test
    void answerServesForItsTimeAndNoLonger() {
        find();
        resolverSays(found(ONE));

        loop.advanceMillis(999);
        find();
        assertEquals(List.of(found(ONE), found(ONE)), answers);
        assertEquals(1, lookup.asked());

        loop.advanceMillis(1);
        find();
        resolverSays(found(TWO));
        assertEquals(found(TWO), answers.get(2));
    }

    @Test
    void attemptAfterAFailureLooksUpAnew() {
        find();
        resolverSays(found(ONE));

        addresses.onFailed();
        find();
        resolverSays(found(TWO));

        assertEquals(List.of(found(ONE), found(TWO)), answers);
    }

    @Test
    void hangingResolverEndsTheAttemptInTimeAndItsLateAnswerServesTheNext() {
        find();
        loop.advanceMillis(1_999);
        assertEquals(List.of(), answers);

        loop.advanceMillis(1);
        assertEquals(List.of(new Answer.Missing("the resolver did not answer within 2000 ms", false)), answers);

        addresses.onFailed();
        find();
        loop.advanceMillis(1_000);
        resolverSays(found(ONE));
        assertEquals(found(ONE), answers.get(1));
        assertEquals(1, lookup.asked(), "no second question while the first has no answer");
    }

    @Test
    void whileTheResolverHangsTheLastAddressesServe() {
        find();
        resolverSays(found(ONE));
        loop.advanceMillis(5_000);

        find();
        loop.advanceMillis(500);
        assertEquals(List.of(found(ONE), found(ONE)), answers);

        find();
        loop.run();
        assertEquals(3, answers.size(), "the resolver has had its time");
        assertEquals(2, lookup.asked());
    }

    @Test
    void whenNoServerAnswersTheLastAddressesServe() {
        find();
        resolverSays(found(ONE));

        addresses.onFailed();
        find();
        resolverSays(SILENT);

        assertEquals(List.of(found(ONE), found(ONE)), answers);
    }

    @Test
    void nameThatIsGoneIsForgotten() {
        find();
        resolverSays(found(ONE));

        addresses.onFailed();
        find();
        resolverSays(UNKNOWN);
        addresses.onFailed();
        find();
        resolverSays(SILENT);

        assertEquals(List.of(found(ONE), UNKNOWN, SILENT), answers);
    }

    @Test
    void addressThatServedIsTriedFirst() {
        find();
        resolverSays(found(ONE, TWO));
        addresses.onConnected(TWO);

        find();
        assertEquals(found(TWO, ONE), answers.get(1));

        addresses.onFailed();
        find();
        resolverSays(found(ONE, TWO));
        assertEquals(found(ONE, TWO), answers.get(2), "it serves no longer");
    }

    private void find() {
        addresses.find(answers::add);
    }

    private void resolverSays(Answer answer) {
        lookup.answer(answer);
        loop.run();
    }

    private static Answer found(InetAddress... all) {
        return new Answer.Found(List.of(all));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
