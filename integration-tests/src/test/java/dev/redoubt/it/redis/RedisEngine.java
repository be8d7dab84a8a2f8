package dev.redoubt.it.redis;

/**
 * One way to run one Redis server at one address that stays the same from start to start. It does what it is told in the
 * order that {@link RedisServer} sees to, and does not wait until the server answers.
 */
interface RedisEngine {
    String host();

    /** Starts with the data that the last run left. */
    void start();

    boolean isRunning();

    /** SIGKILL. */
    void kill();

    /** An orderly end. */
    void stop();

    /** SIGSTOP: connections stay, nothing is answered. */
    void pause();

    /** SIGCONT. */
    void resume();

    /** Deletes the data; not while running. */
    void clear();

    /** What the server has printed in all its runs. */
    String log();

    /** Ends the server, and leaves nothing behind. */
    void close();
}
