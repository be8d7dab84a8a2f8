package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.command.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one subscription connection is, or is about to be, subscribed to. Confined to the lane. */
final class Topics {
    private final SubscriptionLink link;
    private final Map<Kind, Map<Name, Topic>> byKind = new EnumMap<>(Kind.class);
    private final Map<Topic, Glob> sharedPatterns = new LinkedHashMap<>();
    private int shared;

    Topics(SubscriptionLink link) {
        this.link = link;
        for (Kind kind : Kind.values()) {
            byKind.put(kind, new HashMap<>());
        }
    }

    private Map<Name, Topic> of(Kind kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    Topic getOrAdd(Kind kind, Name name) {
        return of(kind).computeIfAbsent(name, wanted -> new Topic(link, kind, wanted));
    }

    @Nullable
    Topic find(Kind kind, Name name) {
        return of(kind).get(name);
    }

    void forgetIfUnused(Topic topic) {
        if (topic.isUnused()) {
            of(topic.kind()).remove(topic.name());
        }
    }

    boolean isEmpty() {
        return byKind.values().stream().allMatch(Map::isEmpty);
    }

    /** Names that have members: what a new connection must be subscribed to. */
    List<byte[]> joined(Kind kind) {
        return of(kind).values().stream()
                .filter(topic -> !topic.members().isEmpty())
                .map(topic -> topic.name().bytes())
                .toList();
    }

    /** All, as they are now. */
    Collection<Topic> all() {
        List<Topic> all = new ArrayList<>();
        byKind.values().forEach(topics -> all.addAll(topics.values()));
        return all;
    }

    /** A topic has got its second member (1), or only one is left (-1). */
    void onShared(Topic topic, int change) {
        shared += change;
        if (topic.kind() != Kind.PATTERN) {
            return;
        }
        if (change > 0) {
            sharedPatterns.put(topic, new Glob(topic.name().bytes()));
        } else {
            sharedPatterns.remove(topic);
        }
    }

    /** Whether Redis counts less than there is, anywhere. */
    boolean hasSurplus() {
        return shared > 0;
    }

    /** Members of that very name beyond the one that Redis counts. */
    int surplus(Kind kind, byte[] name) {
        Topic topic = find(kind, new Name(name));
        return topic == null ? 0 : topic.surplus();
    }

    /** The same for all patterns that match a channel. */
    int matchingSurplus(byte[] channel) {
        int surplus = 0;
        for (Map.Entry<Topic, Glob> pattern : sharedPatterns.entrySet()) {
            surplus += pattern.getValue().matches(channel) ? pattern.getKey().surplus() : 0;
        }
        return surplus;
    }
}
