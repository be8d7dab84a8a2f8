package dev.redoubt.proxy.session;

import dev.redoubt.proxy.config.OutputBufferLimit;

/** Stops reading a client that does not read its replies, and cuts it off when it leaves too much. One per session, confined to the lane. */
final class OutputGuard {
    private static final long NEVER = Long.MIN_VALUE;

    private final ClientSession session;
    private final House house;
    private long overSoftLimitSinceNanos = NEVER;

    OutputGuard(ClientSession session, House house) {
        this.session = session;
        this.house = house;
    }

    void check() {
        long unread = session.output().unreadBytes();
        if (unread == 0) {
            overSoftLimitSinceNanos = NEVER;
            return;
        }
        long all = house.clients().bytes().bytes();
        String reason = UnreadOutput.reasonToCutOff(unread, all, house.limits());
        if (reason.isEmpty() && session.subscriptions().isSubscribed()) {
            reason = reasonToCutOffSubscriber(unread);
        }
        if (!reason.isEmpty()) {
            session.cutOff(reason);
        } else if (!session.isPaused() && UnreadOutput.isTooMuch(unread, all, house.limits())) {
            session.pause(Pause.OUTPUT);
        }
    }

    /** As {@code checkClientOutputBufferLimits} in networking.c of Redis, for those that it calls Pub/Sub clients. */
    private String reasonToCutOffSubscriber(long unread) {
        OutputBufferLimit limit = house.limits().pubSubOutputLimit();
        if (limit.hardBytes() > 0 && unread > limit.hardBytes()) {
            return "unread messages of " + unread + " bytes are over clients.output-buffer-limit.pubsub";
        }
        if (limit.softBytes() == 0 || unread <= limit.softBytes()) {
            overSoftLimitSinceNanos = NEVER;
            return "";
        }
        long now = house.lane().nanoTime();
        if (overSoftLimitSinceNanos == NEVER) {
            overSoftLimitSinceNanos = now;
            house.lane().executor().schedule(this::checkAgain, limit.softFor().toNanos());
        }
        return now - overSoftLimitSinceNanos < limit.softFor().toNanos()
                ? ""
                : "unread messages of " + unread + " bytes are over clients.output-buffer-limit.pubsub for "
                        + limit.softFor().toSeconds() + " s";
    }

    private void checkAgain() {
        if (!session.hasLeft()) {
            check();
        }
    }
}
