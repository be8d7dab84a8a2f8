package dev.redoubt.it.redis;

/** An error reply. */
public record RedisError(String text) {
    /** The first word. */
    public String code() {
        return text.split(" ", 2)[0];
    }
}
