package app;

/** One that sees whether others have changed a key before its transaction. */
public interface WatchingClient extends BatchingClient {
    /** Watches the key, lets the other client increment it, and sets it in a transaction that comes to nothing. */
    Object lostWatch(String key, Client other) throws Exception;
}
