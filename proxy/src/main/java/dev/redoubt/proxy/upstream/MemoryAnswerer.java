package dev.redoubt.proxy.upstream;

import dev.redoubt.proxy.backlog.ReplySink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fallback, as the upstream sees it: what answers held commands when an outage lasts, and what takes the answers back to Redis when it is over. Confined to the lane. */
public interface MemoryAnswerer {
    /** A single command that no earlier command of its session waits before: true when the sink has its reply now. */
    boolean answer(UpstreamKey key, byte[][] arguments, ReplySink owner);

    /** The same for what a transaction has queued, without MULTI and EXEC: all of it or nothing, with EXEC's reply. */
    boolean answerAll(UpstreamKey key, List<byte[][]> queued, ReplySink owner);

    /** A command stays held or in doubt: the keys that it may write are not answerable until it has ended. */
    void onHeld(UpstreamKey key, byte[][] arguments);

    /** Such a command has ended. */
    void onHeldEnded(UpstreamKey key, byte[][] arguments);

    /** A command is in doubt and was given up: what is known of its keys from before is worth nothing now. */
    void onInDoubt(UpstreamKey key, byte[][] arguments);

    /** Redis is missed, perhaps for a moment only: what was seen until now may be made ready already. */
    void onAbsence();

    /** An outage lasts: makes what was seen until now ready to answer from, and then runs the task; it may run at once. */
    void onOutage(Runnable then);

    /** Brings what memory acknowledged to Redis, on the control connection, and then runs the task; it may run at once. */
    void reconcile(Requests control, Runnable then);

    /** The control connection was lost: a reconciliation that was under way has ended without its task. */
    void onControlLost();

    /** The SCRIPT LOAD, as it is written, for the script that a command calls by its SHA-1; null if it calls none, or one that is not remembered. */
    default byte @Nullable [] scriptLoad(byte[][] call) {
        return null;
    }

    /** All is forwarded again. */
    void onReturn();
}
