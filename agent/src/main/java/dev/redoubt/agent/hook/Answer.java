package dev.redoubt.agent.hook;

import org.jspecify.annotations.Nullable;

/** Knows what to use instead of a value. Called by the application's threads, several at once. */
public interface Answer {
    /**
     * The answer.
     *
     * @param question the question's name, then what it is about
     * @param value what is used if nothing is changed
     * @throws Exception anything: then the value is used
     */
    @Nullable
    Object to(Object[] question, @Nullable Object value) throws Exception;
}
