package dev.redoubt.proxy.fallback;

/**
 * A command that the memory store can do. It appends its one reply, or throws a {@link Verdict} before it has changed
 * anything. Replies and errors are those of Redis 7.0.15, as its source (t_string.c, expire.c, db.c) has them and as the
 * differential test proves.
 */
@FunctionalInterface
interface StoreCommand {
    void run(Call call);
}
