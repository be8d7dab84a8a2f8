package dev.redoubt.proxy.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys and values of the model. Keys are as clients send them, without the tag behind {@code #}. */
final class ModelData {
    private record Key(int database, String name) {}

    private final Map<Key, Object> values = new HashMap<>();
    private final Map<Key, Long> versions = new HashMap<>();
    private final Map<Key, Long> expiries = new HashMap<>();
    private long changes;

    void clear() {
        values.clear();
        expiries.clear();
        changes++;
        versions.replaceAll((key, version) -> changes);
    }

    /** Changes whenever the key is written. */
    long version(int database, String tagged) {
        return versions.getOrDefault(key(database, tagged), 0L);
    }

    static String untagged(String word) {
        int hash = word.indexOf('#');
        return hash < 0 ? word : word.substring(0, hash);
    }

    /** Applies one command and tells its result in words. */
    String apply(int database, String[] words, long epochMillis) {
        Key key = key(database, keyOf(words));
        expire(key, epochMillis);
        return switch (words[0]) {
            case "GET" -> text(values.get(key));
            case "MGET" -> text(values.get(key)) + "," + text(values.get(key(database, words[2])));
            case "HSCAN" -> "0";
            case "SET" -> put(key, words[2]);
            case "SETEX", "PSETEX" -> setex(key, words, epochMillis);
            case "MSET" -> put(key, words[2]) + put(key(database, words[3]), words[4]);
            case "SETNX" -> values.containsKey(key) ? "0" : put(key, words[2]);
            case "DEL" -> delete(key);
            case "INCR", "EVAL" -> increment(key);
            case "APPEND" -> append(key, words[2]);
            case "LPUSH" -> push(key, words[2]);
            case "LPOP" -> text(pop(key));
            case "EXPIRE", "PEXPIRE" -> expireIn(key, words, epochMillis);
            case "PUBLISH" -> "1";
            default -> "unknown";
        };
    }

    private static String keyOf(String[] words) {
        if (words[0].equals("EVAL")) {
            return words[Tags.SCRIPT_KEY];
        }
        return words.length > 1 ? words[1] : "";
    }

    /** The head of a list; null if there is none. */
    @Nullable
    String pop(int database, String tagged) {
        return pop(key(database, tagged));
    }

    private static Key key(int database, String tagged) {
        return new Key(database, untagged(tagged));
    }

    private void expire(Key key, long epochMillis) {
        Long at = expiries.get(key);
        if (at != null && at <= epochMillis) {
            delete(key);
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "nil" : value instanceof String string ? string : "a list";
    }

    private String put(Key key, Object value) {
        values.put(key, value);
        expiries.remove(key);
        changed(key);
        return "1";
    }

    private void changed(Key key) {
        versions.put(key, ++changes);
    }

    private String setex(Key key, String[] words, long epochMillis) {
        put(key, words[3]);
        expiries.put(key, epochMillis + lifeMillis(words));
        return "1";
    }

    /** How long the key of a SETEX, an EXPIRE or one of their relatives in milliseconds is to live; -1 for any other command. */
    static long lifeMillis(String[] words) {
        return switch (words[0]) {
            case "SETEX", "EXPIRE" -> Long.parseLong(words[2]) * 1_000;
            case "PSETEX", "PEXPIRE" -> Long.parseLong(words[2]);
            default -> -1;
        };
    }

    private String expireIn(Key key, String[] words, long epochMillis) {
        if (values.containsKey(key)) {
            expiries.put(key, epochMillis + lifeMillis(words));
            changed(key);
            return "1";
        }
        return "0";
    }

    private String delete(Key key) {
        expiries.remove(key);
        changed(key);
        return values.remove(key) == null ? "0" : "1";
    }

    private String increment(Key key) {
        Object old = values.getOrDefault(key, "0");
        if (!(old instanceof String text) || !text.matches("[0-9]{1,15}")) {
            return "not an integer";
        }
        String next = Long.toString(Long.parseLong(text) + 1);
        values.put(key, next);
        changed(key);
        return next;
    }

    private String append(Key key, String more) {
        Object old = values.getOrDefault(key, "");
        if (!(old instanceof String text)) {
            return "WRONGTYPE";
        }
        values.put(key, text.length() > 2_000 ? more : text + more);
        changed(key);
        return Integer.toString(text.length() + more.length());
    }

    private String push(Key key, String element) {
        Deque<String> list = list(key);
        if (list == null) {
            return "WRONGTYPE";
        }
        list.addFirst(element);
        values.put(key, list);
        changed(key);
        return Integer.toString(list.size());
    }

    private @Nullable String pop(Key key) {
        Deque<String> list = list(key);
        if (list == null || list.isEmpty()) {
            return null;
        }
        changed(key);
        String head = list.removeFirst();
        if (list.isEmpty()) {
            values.remove(key);
        }
        return head;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Deque<String> list(Key key) {
        Object value = values.get(key);
        return value == null ? new ArrayDeque<>() : value instanceof Deque ? (Deque<String>) value : null;
    }
}
