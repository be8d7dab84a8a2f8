package dev.redoubt.proxy.pubsub;

import dev.redoubt.proxy.upstream.Credentials;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session's subscriptions: what it has asked for, and how many of it Redis has confirmed. Confined to the lane. */
public final class Subscriber {
    /** The session, as its subscriptions see it. */
    public interface Client {
        int respVersion();

        /** Takes a whole message, in the client's protocol; borrows the buffer until the sinks are flushed. */
        void onMessage(ByteBuf buf, int from, int length);

        /** A buffer to append pushes to; they are flushed soon. */
        ByteBuf pushes();

        /** One of its commands is done, and its confirmations are appended. */
        void onAnswered();

        /** One of its commands has failed, with an error that begins with its code. */
        void onFailed(String error);

        /** Redis does not let the user have what it is subscribed to: as Redis does, the session ends. */
        void onRevoked();

        long holdBudgetNanos();
    }

    private final Client client;
    private final Subscriptions subscriptions;
    private final Map<Kind, Map<Name, Membership>> wanted = new EnumMap<>(Kind.class);
    private final int[] active = new int[Kind.values().length];
    private SubscriptionLink link;
    private int inFlight;
    private boolean closed;

    Subscriber(Client client, Subscriptions subscriptions, SubscriptionLink link) {
        this.client = client;
        this.subscriptions = subscriptions;
        this.link = link;
        for (Kind kind : Kind.values()) {
            wanted.put(kind, new LinkedHashMap<>(2));
        }
    }

    Client client() {
        return client;
    }

    /** Whether the client is what Redis calls a Pub/Sub client. */
    public boolean isSubscribed() {
        return active[0] + active[1] + active[2] > 0;
    }

    /** How many of that kind Redis has confirmed. */
    public int subscribed(Kind kind) {
        return active[kind.ordinal()];
    }

    /** Whether commands of it wait for Redis. */
    public boolean isAwaited() {
        return inFlight > 0;
    }

    /** What it subscribes to from now on, it does as that user. */
    public void as(@Nullable Credentials credentials) {
        link = subscriptions.link(credentials);
    }

    /** Joins; the client hears of the end. */
    public void join(Kind kind, byte[][] names) {
        submit(new Join(this, kind, names));
    }

    /** Leaves those names, or all of that kind; the client hears of the end, perhaps at once. */
    public void leave(Kind kind, byte[][] names) {
        List<Leave.Part> parts = new ArrayList<>();
        List<byte[]> unwanted = new ArrayList<>();
        Collection<byte[]> named = names.length > 0 ? List.of(names) : namesOf(kind);
        for (byte[] name : named) {
            Membership membership = of(kind).remove(new Name(name));
            parts.add(new Leave.Part(name, membership));
            if (membership != null) {
                membership.topic().unwant();
                leaveUpstream(membership.topic(), unwanted);
            }
        }
        boolean changes = parts.stream().anyMatch(part -> part.membership() != null);
        inFlight++;
        if (changes || inFlight > 1) {
            link.submit(new Leave(this, kind, parts, unwanted));
        } else {
            onLeft(kind, parts);
        }
    }

    private List<byte[]> namesOf(Kind kind) {
        return of(kind).keySet().stream().map(Name::bytes).toList();
    }

    /** What it had as another user is left over that user's connection. */
    private void leaveUpstream(Topic topic, List<byte[]> unwanted) {
        if (topic.isWanted()) {
            return;
        }
        if (topic.link().equals(link)) {
            unwanted.add(topic.name().bytes());
        } else {
            topic.link().drop(topic.kind(), List.of(topic.name().bytes()));
        }
    }

    /** Asks Redis for a sign of life, behind all messages that were published before. */
    public void ping(Consumer<@Nullable String> then) {
        submit(new Ping(this, error -> {
            inFlight--;
            if (!closed) {
                then.accept(error);
            }
        }));
    }

    private void submit(Operation operation) {
        inFlight++;
        link.submit(operation);
    }

    /** Leaves everything, without a word. */
    public void leaveAll() {
        for (Kind kind : Kind.values()) {
            Map<SubscriptionLink, List<byte[]>> unwanted = new LinkedHashMap<>();
            for (Membership membership : List.copyOf(of(kind).values())) {
                Topic topic = membership.topic();
                unwant(membership);
                if (!topic.isWanted()) {
                    unwanted.computeIfAbsent(topic.link(), one -> new ArrayList<>())
                            .add(topic.name().bytes());
                }
            }
            unwanted.forEach((one, names) -> one.drop(kind, names));
        }
    }

    /** The client has left. */
    public void close() {
        closed = true;
        leaveAll();
    }

    // ---- for operations

    private Map<Name, Membership> of(Kind kind) {
        return wanted.getOrDefault(kind, Map.of());
    }

    Membership want(Kind kind, Name name, Operation maker) {
        return of(kind).computeIfAbsent(name, wish -> {
            Topic topic = link.topics().getOrAdd(kind, wish);
            topic.want();
            return new Membership(topic, maker);
        });
    }

    /** The membership is over before the client asked for that. */
    void unwant(Membership membership) {
        Topic topic = membership.topic();
        if (of(topic.kind()).remove(topic.name(), membership)) {
            topic.unwant();
        }
        end(membership);
    }

    private void end(Leave.Part part) {
        if (part.membership() != null) {
            end(part.membership());
        }
    }

    private void end(Membership membership) {
        Topic topic = membership.topic();
        if (membership.end()) {
            topic.remove(this);
            active[topic.kind().ordinal()]--;
        }
        topic.link().topics().forgetIfUnused(topic);
    }

    void onJoined(Kind kind, List<Membership> memberships) {
        inFlight--;
        if (closed) {
            return;
        }
        ByteBuf out = client.pushes();
        for (Membership membership : memberships) {
            if (membership.activate()) {
                membership.topic().add(this);
                active[kind.ordinal()]++;
            }
            Confirmation.write(
                    out,
                    client.respVersion(),
                    kind.join(),
                    membership.topic().name().bytes(),
                    count(kind));
        }
        client.onAnswered();
    }

    void onLeft(Kind kind, List<Leave.Part> parts) {
        inFlight--;
        if (closed) {
            parts.forEach(this::end);
            return;
        }
        ByteBuf out = client.pushes();
        for (Leave.Part part : parts) {
            end(part);
            Confirmation.write(out, client.respVersion(), kind.leave(), part.name(), count(kind));
        }
        if (parts.isEmpty()) {
            Confirmation.write(out, client.respVersion(), kind.leave(), null, count(kind));
        }
        client.onAnswered();
    }

    void onFailed(String error) {
        inFlight--;
        if (!closed) {
            client.onFailed(error);
        }
    }

    /** Redis counts sharded channels by themselves. */
    private int count(Kind kind) {
        return kind == Kind.SHARD
                ? active[Kind.SHARD.ordinal()]
                : active[Kind.CHANNEL.ordinal()] + active[Kind.PATTERN.ordinal()];
    }
}
