package dev.redoubt.it.proxy;

/** One connection of a client library, for {@link Load}. What Redis or the proxy refuses is an exception whose message begins with the error's code. */
interface LoadClient extends AutoCloseable {
    String get(String key);

    void set(String key, String value);

    long incr(String key);

    @Override
    void close();
}
