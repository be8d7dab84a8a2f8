package dev.redoubt.proxy.session;

/**
 * Keeps a session from going on over a connection that stands while a lost one may still take effect: it has been told that its command is in doubt, and if it looks by itself it must not find what was before
 * (docs/decisions/0023). Where it would have to wait for Redis in any case there is nothing to keep it from. One a wait, confined to the lane.
 */
final class FenceWait {
    private final ClientSession session;
    private final House house;

    FenceWait(ClientSession session, House house) {
        this.session = session;
        this.house = house;
    }

    /** The session has gone over to another connection: pauses it, whatever else it is paused for. */
    void begin() {
        if (session.upstream().isForwarding() && house.server().isFencing()) {
            session.pause(Pause.FENCE);
            house.server().whenFenced(this::goOn);
        }
    }

    /** The session goes on over its shared connection, unless it is paused for something else. */
    void beginUnlessPaused() {
        if (!session.isPaused()) {
            begin();
        }
    }

    /** Nothing is left to be fenced; or that has to wait for another control connection, while the session's own may stand all the same. */
    private void goOn() {
        session.resume(Pause.FENCE);
        beginUnlessPaused();
    }
}
