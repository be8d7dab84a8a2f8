package dev.redoubt.proxy.fallback;

import dev.redoubt.proxy.config.OnMiss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command's changes to a hash or a set: first what they will cost, then they are made. Confined to the lane's event loop. */
final class HashEdit {
    private final Call call;
    private final StoreKey key;
    private final Held held;
    private final HashValue before;
    private final List<FieldChange> changed = new ArrayList<>();
    private @Nullable HashValue after;
    private long moreBytes;
    private boolean isCounter;

    private HashEdit(Call call, Held held, HashValue before) {
        this.call = call;
        this.key = call.key(1);
        this.held = held;
        this.before = before;
    }

    /** @param held what the key holds; one of that type, or nothing */
    static HashEdit of(Call call, Held held, HashValue.Type type) {
        HashValue known = held.fieldsOrNone(type);
        if (known == null) {
            known = held == Held.NEVER_SEEN && call.keys().onMissOf(call.key(1)) != OnMiss.NIL
                    ? HashValue.partial(type)
                    : HashValue.whole(type);
        }
        return new HashEdit(call, held, known);
    }

    boolean knows(StoreKey field) {
        return current().knows(field);
    }

    byte @Nullable [] get(StoreKey field) {
        return current().get(field);
    }

    private HashValue current() {
        return after == null ? before : after;
    }

    void willPut(StoreKey field, byte[] value) {
        moreBytes += HashValue.costBytes(field.bytes(), value.length);
    }

    /** Throws a refusal unless it fits. */
    void requireRoom() {
        call.keys().requireRoom(List.of(new PlannedWrite(key, before.costBytes() + moreBytes)));
    }

    private HashValue writable() {
        if (after == null) {
            after = held.isOwn() ? before : before.copy();
        }
        return after;
    }

    /** True if the field is new. */
    boolean put(StoreKey field, byte[] value) {
        return put(value, FieldChange.of(field));
    }

    private boolean put(byte[] value, FieldChange change) {
        boolean isNew = get(change.field()) == null;
        writable().put(change.field(), value);
        changed.add(change);
        return isNew;
    }

    /** As a counter: what {@link Keyspace#readForCounter} allows. @param increment null: it is no number that was added */
    void count(StoreKey field, byte[] value, @Nullable Long increment) {
        isCounter = true;
        put(value, new FieldChange(field, increment));
    }

    /** True if it was there. */
    boolean remove(StoreKey field) {
        boolean wasThere = get(field) != null;
        boolean matters = wasThere || !knows(field) || call.keys().mode() == Mode.OUTAGE;
        if (matters) {
            writable().remove(field);
            changed.add(FieldChange.of(field));
        }
        return wasThere;
    }

    /** The journal gets what has changed; a hash without fields is no key. */
    void write() {
        HashValue result = after;
        if (result == null) {
            return;
        }
        if (result.isEmpty() && !held.exists() && call.keys().mode() == Mode.MEMORY_ONLY) {
            return;
        }
        call.keys().writeHash(key, result, changed, expiryMillis(), isCounter);
    }

    /** It stays as it is; of a key that nobody has seen nobody knows it. */
    private long expiryMillis() {
        if (held.exists()) {
            return held.expiryMillis();
        }
        return before.isWhole() ? Expiry.NONE : Expiry.UNKNOWN;
    }
}
