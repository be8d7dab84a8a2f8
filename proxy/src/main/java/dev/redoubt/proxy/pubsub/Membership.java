package dev.redoubt.proxy.pubsub;

/** One subscriber's wish to get one topic's messages, from SUBSCRIBE to UNSUBSCRIBE. Who leaves and joins again has another one. Confined to the lane. */
final class Membership {
    private final Topic topic;
    private final Operation maker;
    private boolean active;
    private boolean ended;

    Membership(Topic topic, Operation maker) {
        this.topic = topic;
        this.maker = maker;
    }

    Topic topic() {
        return topic;
    }

    boolean madeBy(Operation operation) {
        return maker.equals(operation);
    }

    /** Whether Redis has confirmed it. */
    boolean isActive() {
        return active;
    }

    /** Redis has confirmed it; false if that changes nothing. */
    boolean activate() {
        boolean changes = !active && !ended;
        active |= changes;
        return changes;
    }

    /** It is over; true if it was active. */
    boolean end() {
        boolean was = active;
        active = false;
        ended = true;
        return was;
    }
}
