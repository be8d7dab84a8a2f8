package dev.redoubt.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HooksTest {
    private final Hooks hooks = new Hooks();
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, Answer> answers = new HashMap<>();

    @Test
    void aQuestionIsAnsweredByItsName() {
        answers.put("a", (question, value) -> value + "-" + question[1]);
        hooks.answerWith(answers, complaints::add);

        assertEquals("v-x", hooks.getOrDefault(new Object[] {"a", "x"}, "v"));
        assertEquals("v", hooks.getOrDefault(new Object[] {"b", "x"}, "v"));
        assertEquals("v", hooks.getOrDefault("a", "v"));
        assertNull(hooks.get("a"));
    }

    @Test
    void aHookThatFailsGivesTheValueBackAndIsSwitchedOff() {
        int[] asked = {0};
        answers.put("a", (question, value) -> {
            asked[0]++;
            throw new LinkageError("broken");
        });
        hooks.answerWith(answers, complaints::add);

        for (int i = 0; i < 10; i++) {
            assertEquals("v", hooks.getOrDefault(new Object[] {"a"}, "v"));
        }

        assertEquals(3, asked[0]);
        assertEquals(3, complaints.size());
        assertTrue(complaints.get(2).contains("hook a failed"), complaints.get(2));
        assertTrue(complaints.get(2).contains("switched off after 3 failures"), complaints.get(2));
    }

    @Test
    void aComplaintThatFailsReachesNobody() {
        answers.put("a", (question, value) -> {
            throw new IllegalStateException();
        });
        hooks.answerWith(answers, line -> {
            throw new IllegalStateException();
        });

        assertEquals("v", hooks.getOrDefault(new Object[] {"a"}, "v"));
    }
}
