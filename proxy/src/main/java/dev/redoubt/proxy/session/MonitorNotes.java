package dev.redoubt.proxy.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells those who monitor what became of one session's commands: sent to Redis, which shows them, or answered here. What is queued for EXEC is kept until its fate is known. Used only while somebody monitors. One
 * per session, confined to the lane.
 */
final class MonitorNotes {
    private final ClientSession session;
    private final House house;
    private final List<String> queued = new ArrayList<>(0);

    MonitorNotes(ClientSession session, House house) {
        this.session = session;
        this.house = house;
    }

    /**
     * A command was handled.
     *
     * @param wasInMulti before it
     * @param isInMulti after it
     * @param isSent whether Redis has it, or will, and so shows it
     */
    void onHandled(Command command, boolean wasInMulti, boolean isInMulti, boolean isSent) {
        boolean shown = Monitors.isShown(house.table(), command.spec(), command.arguments());
        if (isInMulti) {
            if (shown) {
                queued.add(MonitorText.of(command.arguments()));
            }
            return;
        }
        if (wasInMulti) {
            endMulti(isSent);
        }
        if (shown) {
            tell(MonitorText.of(command.arguments()), isSent);
        }
    }

    /** Of a transaction that was given up, Redis shows MULTI and what ended it. */
    private void endMulti(boolean isSent) {
        for (String text : queued) {
            if (isSent || MonitorText.name(text).equals("multi")) {
                tell(text, isSent);
            }
        }
        queued.clear();
    }

    private void tell(String text, boolean isSent) {
        Monitors monitors = house.clients().monitors();
        if (isSent) {
            monitors.onSent(session, text, house.lane().nanoTime());
        } else {
            monitors.onAnsweredHere(session, text, house.lane().clock());
        }
    }
}
