package dev.redoubt.proxy.fallback;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash as far as it is known: whole, or some of its fields. Fields keep the order in which they came, as small hashes do in
 * Redis. A set is a hash whose members are fields that hold nothing.
 */
final class HashValue implements Compound {
    /** What Redis has it for. */
    enum Type {
        HASH,
        SET;

        private final String typeName = name().toLowerCase(Locale.ROOT);
    }

    /** An entry of the map, two arrays, a key. */
    static final int FIELD_OVERHEAD_BYTES = 120;

    /** Without a value: known to be absent; only while it is not whole. */
    private final Map<StoreKey, byte @Nullable []> fields;

    private final Type type;
    private final boolean whole;
    private long bytes;

    private HashValue(Type type, Map<StoreKey, byte @Nullable []> fields, boolean whole, long bytes) {
        this.type = type;
        this.fields = fields;
        this.whole = whole;
        this.bytes = bytes;
    }

    /** Without fields, and so none has been missed. */
    static HashValue whole(Type type) {
        return new HashValue(type, new LinkedHashMap<>(), true, 0);
    }

    /** Nothing is known of it but what it is. */
    static HashValue partial(Type type) {
        return new HashValue(type, new LinkedHashMap<>(), false, 0);
    }

    @Override
    public HashValue copy() {
        return new HashValue(type, new LinkedHashMap<>(fields), whole, bytes);
    }

    /** A field as a key of maps. */
    static StoreKey field(byte[] name) {
        return new StoreKey(0, name);
    }

    Type type() {
        return type;
    }

    @Override
    public String typeName() {
        return type.typeName;
    }

    boolean isWhole() {
        return whole;
    }

    /** Whether it can be said what the field holds, be it nothing. */
    boolean knows(StoreKey field) {
        return whole || fields.containsKey(field);
    }

    byte @Nullable [] get(StoreKey field) {
        return fields.get(field);
    }

    void put(StoreKey field, byte[] value) {
        byte[] old = fields.get(field);
        boolean isNew = !fields.containsKey(field);
        fields.put(field, value);
        bytes += value.length - (old == null ? 0 : old.length) + (isNew ? costOf(field) : 0);
    }

    /** It is known to be absent from now on. */
    void remove(StoreKey field) {
        boolean isNew = !fields.containsKey(field);
        byte[] old = whole ? fields.remove(field) : fields.put(field, null);
        bytes -= old == null ? 0 : old.length;
        if (whole && !isNew) {
            bytes -= costOf(field);
        } else if (!whole && isNew) {
            bytes += costOf(field);
        }
    }

    private static int costOf(StoreKey field) {
        return FIELD_OVERHEAD_BYTES + field.bytes().length;
    }

    /** Of a whole one. */
    int size() {
        return fields.size();
    }

    @Override
    public boolean isEmpty() {
        return whole && fields.isEmpty();
    }

    /** Whether no field is known that has a value: of a part that says nothing of whether there is a key. */
    boolean hasNoValues() {
        return fields.values().stream().allMatch(value -> value == null);
    }

    /** Fields that have values. */
    void forEach(BiConsumer<StoreKey, byte[]> visitor) {
        fields.forEach((field, value) -> {
            if (value != null) {
                visitor.accept(field, value);
            }
        });
    }

    /** What is kept of it, absences included. */
    Map<StoreKey, byte @Nullable []> known() {
        return fields;
    }

    @Override
    public long costBytes() {
        return bytes;
    }

    static long costBytes(byte[] field, int valueBytes) {
        return (long) FIELD_OVERHEAD_BYTES + field.length + valueBytes;
    }
}
