package dev.redoubt.proxy.fallback;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One command with its reply as the flight reader comes past it, and what may be concluded. The same object serves all
 * commands. Confined to the flight reader.
 */
final class Observation {
    private final KnownValues known;
    private final KeyPatterns patterns;
    private final int largestValueBytes;
    private final RecordedCommand command = new RecordedCommand();
    private final RecordedReply reply = new RecordedReply();

    private int db;
    private long nowMillis;
    private long position;
    private boolean updatesOnly;

    Observation(KnownValues known, FallbackSettings settings) {
        this.known = known;
        this.patterns = new KeyPatterns(settings.keyPatterns());
        this.largestValueBytes = settings.largestKnownValueBytes();
    }

    /** @param updatesOnly keys that are not known are not learned: the reader is behind */
    void begin(int db, long nowMillis, boolean updatesOnly) {
        this.db = db;
        this.nowMillis = nowMillis;
        this.updatesOnly = updatesOnly;
    }

    void at(long position) {
        this.position = position;
    }

    RecordedCommand command() {
        return command;
    }

    RecordedReply reply() {
        return reply;
    }

    long nowMillis() {
        return nowMillis;
    }

    StoreKey key(int argument) {
        return new StoreKey(db, command.argument(argument));
    }

    /** What is known of the key as of this command; a value whose time had passed by then is an absent key. Null: nothing. */
    @Nullable
    KnownValue knowledgeOf(StoreKey key) {
        KnownValue value = known.peek(key);
        return value == null || value.isAliveAt(nowMillis) ? value : KnownValue.ABSENT;
    }

    /** The expiry that a key keeps when its value is written over or seen again. */
    long keptExpiry(StoreKey key) {
        KnownValue value = knowledgeOf(key);
        return value == null ? Expiry.UNKNOWN : value.expiryMillis();
    }

    /** The key has this value now. */
    void learn(StoreKey key, byte[] value, long expiryMillis) {
        if (value.length > largestValueBytes) {
            known.forget(key);
        } else {
            put(key, value, expiryMillis);
        }
    }

    /** The key holds this now. @param compound not to be changed any more */
    void learn(StoreKey key, Compound compound, long expiryMillis, long seenAtMillis) {
        boolean saysNothing = compound instanceof HashValue hash && hash.hasNoValues();
        if (compound.isEmpty()) {
            learnAbsent(key);
        } else if (saysNothing || compound.costBytes() > largestValueBytes) {
            known.forget(key);
        } else if (patterns.allow(key.bytes()) && !(updatesOnly && known.find(key) == null)) {
            known.put(key, new KnownValue(compound, expiryMillis, position, seenAtMillis));
        }
    }

    /** What is known of a hash or a set, to be added to; null if something else is known. */
    @Nullable
    HashValue fieldsToChange(StoreKey key, HashValue.Type type) {
        KnownValue value = knowledgeOf(key);
        if (value == null) {
            return HashValue.partial(type);
        }
        if (!value.exists()) {
            return HashValue.whole(type);
        }
        return value.compound() instanceof HashValue hash && hash.type() == type ? hash.copy() : null;
    }

    /** When the oldest part of what is known of the key was seen; now if nothing is known. */
    long knownSince(StoreKey key) {
        KnownValue value = knowledgeOf(key);
        return value == null || !value.exists() ? nowMillis : value.seenAtMillis();
    }

    void learnAbsent(StoreKey key) {
        put(key, null, Expiry.NONE);
    }

    private void put(StoreKey key, byte @Nullable [] value, long expiryMillis) {
        if (!patterns.allow(key.bytes())) {
            return;
        }
        KnownValue held = known.peek(key);
        if (held != null && held.compound() == null && Arrays.equals(held.value(), value)) {
            known.confirm(key, held, expiryMillis, position, nowMillis);
        } else if (held != null || !updatesOnly) {
            known.put(key, new KnownValue(value, expiryMillis, position, nowMillis));
        }
    }

    /** The reply is the key's value; nothing was said about its expiry. */
    void learnFromReply(StoreKey key) {
        KnownValue value = knowledgeOf(key);
        byte[] bytes = value == null ? null : value.value();
        if (value != null && bytes != null && reply.valueEquals(bytes)) {
            known.confirm(key, value, value.expiryMillis(), position, nowMillis);
        } else if (reply.length() > largestValueBytes) {
            known.forget(key);
        } else {
            learn(key, reply.value(), Expiry.UNKNOWN);
        }
    }

    /** The key exists, whatever it holds. */
    void learnExists(StoreKey key) {
        KnownValue value = knowledgeOf(key);
        if (value != null && !value.exists()) {
            known.forget(key);
        }
    }

    /** The key exists and has this expiry. */
    void learnExpiry(StoreKey key, long expiryMillis) {
        KnownValue value = knowledgeOf(key);
        if (value != null && value.exists()) {
            value.refineExpiry(expiryMillis);
        } else {
            learnExists(key);
        }
    }

    void forget(StoreKey key) {
        known.forget(key);
    }

    void forgetKeyIn(int otherDb, byte[] key) {
        known.forget(new StoreKey(otherDb, key));
    }

    void forgetDatabase() {
        known.flushDatabaseBefore(db, position + 1);
    }

    void forgetEverything() {
        known.flushBefore(position + 1);
    }

    void select(int db) {
        this.db = db;
    }
}
