package app;

import java.util.function.Consumer;

/** A connection as the application sees it, as far as all the client libraries have it. What is returned is printed, and so compared. */
public interface Client extends AutoCloseable {
    Object set(String key, String value) throws Exception;

    Object get(String key) throws Exception;

    Object increment(String key) throws Exception;

    /** Appends to a list. */
    Object push(String key, String value) throws Exception;

    /** Takes from a list, and waits for as long as that if it is empty. */
    Object pop(String key, int seconds) throws Exception;

    Object publish(String channel, String message) throws Exception;

    /** Returns when Redis has confirmed it. What is returned ends it. */
    AutoCloseable subscribe(String channel, Consumer<String> messages) throws Exception;
}
