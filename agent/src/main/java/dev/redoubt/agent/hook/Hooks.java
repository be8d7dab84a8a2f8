package dev.redoubt.agent.hook;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The map that changed methods ask: {@code getOrDefault(question, value)} answers with what to use instead of the value. It is a map because code that
 * names only {@code java.*} can ask one, and because an empty map gives the right answer where there is no agent.
 *
 * <p>Whatever goes wrong, the answer is the value itself. Thread-safe: answers are set before the first method that asks is changed.
 */
public final class Hooks extends AbstractMap<Object, Object> {
    private volatile Map<String, Guarded> answers = Collections.emptyMap();

    /** Sets what is answered, by the question's name. */
    void answerWith(Map<String, Answer> byName, Complaints complaints) {
        Map<String, Guarded> guarded = new HashMap<String, Guarded>();
        for (Map.Entry<String, Answer> answer : byName.entrySet()) {
            guarded.put(answer.getKey(), new Guarded(answer.getKey(), answer.getValue(), complaints));
        }
        answers = guarded;
    }

    /** From now on each answer is the value. */
    public void answerNothing() {
        answers = Collections.emptyMap();
    }

    /**
     * Answers a question.
     *
     * @param question an array: the question's name, then what it is about
     * @param value what the method uses if nobody knows better
     */
    @Override
    public @Nullable Object getOrDefault(@Nullable Object question, @Nullable Object value) {
        if (!(question instanceof Object[]) || SecurityManagers.isSet()) {
            return value;
        }
        Object[] words = (Object[]) question;
        Guarded answer = answers.get((String) words[0]);
        return answer == null ? value : answer.to(words, value);
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return Collections.emptySet();
    }
}
