package dev.redoubt.proxy.pubsub;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One channel or pattern on one subscription connection. Confined to the lane.
 *
 * <p><em>Members</em> are those to whom its messages go: what Redis has confirmed. <em>Wanted</em> counts those who will be members when all that is on its way has been confirmed; when that falls to zero,
 * Redis is told.
 */
final class Topic {
    private final SubscriptionLink link;
    private final Kind kind;
    private final Name name;
    private final Set<Subscriber> members = new LinkedHashSet<>(4);
    private int wanted;

    Topic(SubscriptionLink link, Kind kind, Name name) {
        this.link = link;
        this.kind = kind;
        this.name = name;
    }

    SubscriptionLink link() {
        return link;
    }

    Kind kind() {
        return kind;
    }

    Name name() {
        return name;
    }

    /** In the order in which they joined; not to be changed. */
    Set<Subscriber> members() {
        return members;
    }

    void add(Subscriber member) {
        if (members.add(member) && members.size() == 2) {
            link.topics().onShared(this, 1);
        }
    }

    void remove(Subscriber member) {
        if (members.remove(member) && members.size() == 1) {
            link.topics().onShared(this, -1);
        }
    }

    void want() {
        wanted++;
    }

    void unwant() {
        wanted--;
    }

    boolean isWanted() {
        return wanted > 0;
    }

    boolean isUnused() {
        return wanted == 0 && members.isEmpty();
    }

    /** Members beyond the one that Redis counts. */
    int surplus() {
        return Math.max(0, members.size() - 1);
    }
}
