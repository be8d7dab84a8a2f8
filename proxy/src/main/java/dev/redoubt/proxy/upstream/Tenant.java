package dev.redoubt.proxy.upstream;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one session that has a data connection to itself, because Redis remembers something about that connection (docs/decisions/0020). Everything else is as with a shared one: its log, its replay, its
 * way through an outage. Confined to the lane; told apart by identity.
 */
public interface Tenant {
    /** In place of a tenant where everybody may use the connection. */
    Tenant NOBODY = new Tenant() {};

    /** Runs the task, at once or later, when all is there that {@link #introduction} speaks of. */
    default void prepare(Runnable then) {
        then.run();
    }

    /** What is said on a new connection before any command of the session goes out on it. */
    default List<byte[][]> introduction() {
        return List.of();
    }

    /** Commands go out from now on; again, if it is not the first connection. */
    default void onReady(@Nullable Identity connection, boolean again) {}

    /** Some of what it asked for was answered from memory, which Redis does not know of. */
    default void onAnsweredFromMemory() {}

    /** The connection is gone, and with it what Redis remembered. */
    default void onLost() {}

    /** Takes a whole push; borrows the buffer until the sinks are flushed. */
    default void onPush(ByteBuf buf, int from, int length) {}

    /** A push was too large to be kept until it was whole: nobody has it. */
    default void onPushSkipped() {}

    /** Whether a command in flight may wait at the server, so that silence means nothing. */
    default boolean isWaiting() {
        return false;
    }

    /** Whether a transaction in flight depends on a WATCH, which ends with the connection. */
    default boolean isWatching() {
        return false;
    }
}
