package app;

/** One that sends several commands at once. */
public interface BatchingClient extends Client {
    /** Increments twice, in one transaction. */
    Object transaction(String key) throws Exception;

    /** So many increments, sent without waiting for replies. */
    Object pipeline(String key, int count) throws Exception;
}
