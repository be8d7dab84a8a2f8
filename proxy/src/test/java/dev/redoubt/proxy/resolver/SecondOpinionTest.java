package dev.redoubt.proxy.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondOpinionTest {
    private static final Answer FOUND = new Answer.Found(List.of(InetAddress.getLoopbackAddress()));
    private static final Answer UNKNOWN = new Answer.Missing("DNS does not know it", true);
    private static final Answer SILENT = new Answer.Missing("silence", false);

    private final ScriptedLookup first = new ScriptedLookup();
    private final ScriptedLookup second = new ScriptedLookup();
    private final SecondOpinion both = new SecondOpinion(first, second);
    private final List<Answer> answers = new ArrayList<>();

    @Test
    void secondIsNotAskedForWhatTheFirstKnows() {
        both.start("redis", answers::add);

        first.answer(FOUND);

        assertEquals(List.of(FOUND), answers);
        assertEquals(0, second.asked());
    }

    @Test
    void secondMayKnowWhatTheFirstDoesNot() {
        both.start("redis", answers::add);

        first.answer(UNKNOWN);
        second.answer(FOUND);

        assertEquals(List.of(FOUND), answers);
    }

    @Test
    void reasonOfTheFirstStands() {
        both.start("redis", answers::add);

        first.answer(SILENT);
        second.answer(UNKNOWN);

        assertEquals(List.of(SILENT), answers);
    }

    @Test
    void bothAreClosed() {
        both.close();

        assertTrue(first.isClosed() && second.isClosed());
    }
}
